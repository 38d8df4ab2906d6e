import type { TranscriptMessage } from '@earshot/domain';
import { findingTimes, type Finding } from '@earshot/redaction';
import type { MessageFinding } from '@earshot/storage';

/** What was masked in a message, as it is kept: without the words, with the times to mute. */
export function toMessageFindings(
  { text, startMs, endMs }: Pick<TranscriptMessage, 'text' | 'startMs' | 'endMs'>,
  findings: readonly Finding[],
): readonly MessageFinding[] {
  const times = findingTimes(text, findings, startMs, endMs);
  return findings.map(({ entity, rule, confidence, start, end }, index) => ({
    type: entity,
    rule,
    confidence,
    start,
    end,
    startMs: times[index]?.startMs ?? startMs,
    endMs: times[index]?.endMs ?? endMs,
  }));
}
