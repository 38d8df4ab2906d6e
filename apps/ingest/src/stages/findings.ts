import type { TranscriptMessage, VoicedSpan } from '@earshot/domain';
import { findingTimes, type Finding } from '@earshot/redaction';
import type { MessageFinding } from '@earshot/storage';

type Said = Pick<TranscriptMessage, 'text' | 'startMs' | 'endMs'>;

/**
 * What was masked in a message, as it is kept: without the words, with the times to mute. A value is muted wherever its
 * share of the text may have been said, by the utterance as a whole or by the speech in it: rather too much than too
 * little.
 *
 * @param listen answers where somebody speaks in the utterance, in order and apart; asked only where something was masked
 */
export function toMessageFindings(
  { text, startMs, endMs }: Said,
  findings: readonly Finding[],
  listen: () => readonly VoicedSpan[],
): readonly MessageFinding[] {
  if (findings.length === 0) return [];
  const spoken = listen();
  const spokenMs = spoken.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  const times = findingTimes(text, findings, startMs, endMs);
  const timesOfSpeech = findingTimes(text, findings, 0, spokenMs);
  return findings.map(({ entity, rule, confidence, start, end }, index) => {
    const [whole, part] = [times[index], timesOfSpeech[index]];
    const from = part === undefined ? startMs : placeOf(spoken, part.startMs, 'earliest', startMs);
    const to = part === undefined ? endMs : placeOf(spoken, part.endMs, 'latest', endMs);
    return {
      type: entity,
      rule,
      confidence,
      start,
      end,
      startMs: Math.floor(Math.min(whole?.startMs ?? startMs, from)),
      endMs: Math.ceil(Math.max(whole?.endMs ?? endMs, to)),
    };
  });
}

/** Where so much speech has gone by; at a pause that is its whole length. */
function placeOf(
  spoken: readonly VoicedSpan[],
  goneMs: number,
  edge: 'earliest' | 'latest',
  otherwise: number,
): number {
  let leftMs = goneMs;
  for (const { startMs, endMs } of spoken) {
    const lengthMs = endMs - startMs;
    if (leftMs < lengthMs || (edge === 'earliest' && leftMs === lengthMs)) return startMs + leftMs;
    leftMs -= lengthMs;
  }
  return otherwise;
}
