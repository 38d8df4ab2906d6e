import type { ParticipantRole } from '@earshot/domain';
import type { RecordingMute } from '@earshot/recordings';
import type { MessageFinding } from '@earshot/storage';

/** What a recogniser is given around the speech: what it made a value of may be heard there. */
const LEAD_MS = 250;
const TAIL_MS = 200;
/** A voice that leaks into the other line comes a little later there, and sometimes sooner. */
const LEAK_BEFORE_MS = 50;
const LEAK_AFTER_MS = 500;

/** A mute reaches at most so far beyond its message. */
export const MUTE_REACH_MS = TAIL_MS + LEAK_AFTER_MS;

const OTHER = { customer: 'agent', agent: 'customer' } as const;

interface Said {
  readonly role: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * What is not to be heard of a message, on either side.
 *
 * @param findings absent: nothing is known of what was masked, so that all of it is muted
 */
export function maskedSpans(
  { role, startMs, endMs }: Said,
  findings: readonly Pick<MessageFinding, 'startMs' | 'endMs'>[] = [{ startMs, endMs }],
): readonly RecordingMute[] {
  return findings.flatMap((finding) => {
    const from = finding.startMs <= startMs ? finding.startMs - LEAD_MS : finding.startMs;
    const to = finding.endMs >= endMs ? finding.endMs + TAIL_MS : finding.endMs;
    return [
      { role, startMs: Math.max(0, from), endMs: to },
      { role: OTHER[role], startMs: Math.max(0, from - LEAK_BEFORE_MS), endMs: to + LEAK_AFTER_MS },
    ];
  });
}
