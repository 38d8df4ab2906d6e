import type { Finding } from './finding.ts';

/** A stretch of audio in which a value was said. */
export interface MuteInterval {
  readonly type: string;
  /** By the clock of the given times, ms. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Speech is not spread evenly over its letters; a value is muted this much longer on either side. */
const PADDING_MS = 400;

/**
 * Where in the audio of a turn its findings were said, estimated by their share of its characters, widened by 400 ms
 * on either side and kept inside the turn. Intervals are in order; of different findings they may overlap.
 *
 * @param text the turn the findings have their places in
 */
export function findingTimes(
  text: string,
  findings: readonly Pick<Finding, 'entity' | 'start' | 'end'>[],
  startMs: number,
  endMs: number,
): MuteInterval[] {
  const msPerCharacter = Math.max(endMs - startMs, 0) / Math.max(text.length, 1);
  return findings.map(({ entity, start, end }) => ({
    type: entity,
    startMs: Math.max(startMs, Math.floor(startMs + start * msPerCharacter - PADDING_MS)),
    endMs: Math.min(endMs, Math.ceil(startMs + end * msPerCharacter + PADDING_MS)),
  }));
}
