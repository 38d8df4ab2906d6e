import type { Finding } from './finding.ts';
import type { Replacement, Span } from './mask-text.ts';

/** A mask of ours in a text: a row of `#`, or a label. */
const MASK = /#+|\[[A-Z][A-Z0-9_]{0,63}\]/g;

/**
 * Where spans stand once replacements have been made.
 *
 * @param spans in order; none begins or ends inside a replacement
 * @param replacements in order, without overlap
 */
export function placesAfter<T extends Span>(spans: readonly T[], replacements: readonly Replacement[]): T[] {
  let shift = 0;
  let next = 0;
  const moved = (offset: number): number => {
    for (let made = replacements[next]; made !== undefined && made.end <= offset; made = replacements[next]) {
      shift += made.text.length - (made.end - made.start);
      next += 1;
    }
    return offset + shift;
  };
  return spans.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) }));
}

/**
 * Finds masks again in a text that was rewritten around them. Masks are kept to the character and in order, so the
 * n-th of the one text is the n-th of the other; where a rewriting did not keep to that, each mask of the new text
 * is given to the finding its number falls to, so that every mask has an entity.
 */
export function followMasks(before: string, masks: readonly Finding[], after: string): Finding[] {
  const [old, fresh] = [spansOf(before), spansOf(after)];
  let at = 0;
  return masks.flatMap((mask) => {
    while (at < old.length && (old[at]?.start ?? 0) < mask.start) at += 1;
    const first = fresh[at];
    while (at < old.length && (old[at]?.end ?? 0) <= mask.end) at += 1;
    const last = fresh[at - 1];
    return first === undefined || last === undefined || last.end <= first.start
      ? []
      : [{ ...mask, start: first.start, end: last.end }];
  });
}

function spansOf(text: string): Span[] {
  return Array.from(text.matchAll(MASK), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
