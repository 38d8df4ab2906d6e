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
/** A digit takes as long to say as this many other characters: a digit word and its blank. */
const MASK_WEIGHT = 5;

/**
 * Where in the audio of a turn its findings were said, estimated by their share of its characters (a masked one counts for five), widened by 400 ms
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
  const weights = [0];
  for (let at = 0; at < text.length; at += 1) {
    weights.push((weights[at] ?? 0) + (text[at] === '#' ? MASK_WEIGHT : 1));
  }
  const msPerWeight = Math.max(endMs - startMs, 0) / Math.max(weights.at(-1) ?? 0, 1);
  const timeOf = (offset: number): number => startMs + (weights[offset] ?? weights.at(-1) ?? 0) * msPerWeight;
  return findings.map(({ entity, start, end }) => ({
    type: entity,
    startMs: Math.max(startMs, Math.floor(timeOf(start) - PADDING_MS)),
    endMs: Math.min(endMs, Math.ceil(timeOf(end) + PADDING_MS)),
  }));
}
