import type { DigitRun } from './digit-runs.ts';
import type { Finding } from './finding.ts';
import { maskCharacters, maskRun, type Replacement, type Span } from './mask-text.ts';
import type { Turn } from './read-turn.ts';
import type { FoundSpan, JudgedRun } from './verdict.ts';

/** A finding and what stands in the place of its value. */
export interface Hit extends Finding {
  readonly replacements: readonly Replacement[];
}

export function hitOfRun(text: string, turn: Turn, { run, verdict }: JudgedRun, mask: 'hash' | 'label'): Hit {
  const { start, end } = run;
  const replacements =
    mask === 'label'
      ? [{ start, end, text: `[${verdict.entity}]` }]
      : maskRun(text, run, (at) => spanOf(turn, at));
  return { ...verdict, start, end, replacements };
}

/** @param found in order, without overlap */
export function hitsOfSpans(
  text: string,
  turn: Turn,
  found: readonly FoundSpan[],
  mask: 'hash' | 'label',
): Hit[] {
  let next = 0;
  return found.map((span) => {
    const inside: DigitRun[] = [];
    for (let run = turn.runs[next]; run !== undefined && run.first <= span.last; run = turn.runs[next]) {
      if (run.first >= span.first && run.last <= span.last) inside.push(run);
      next += 1;
    }
    return hitOfSpan(text, turn, span, inside, mask);
  });
}

function hitOfSpan(
  text: string,
  turn: Turn,
  found: FoundSpan,
  inside: readonly DigitRun[],
  mask: 'hash' | 'label',
): Hit {
  const { first, last, ...verdict } = found;
  const { start } = spanOf(turn, first);
  const { end } = spanOf(turn, last);
  const replacements =
    mask === 'label'
      ? [{ start, end, text: `[${verdict.entity}]` }]
      : maskWords(text, turn, inside, { start, end });
  return { ...verdict, start, end, replacements };
}

/** Spoken digits among the words count as digits; every other character is masked on its own. */
function maskWords(text: string, turn: Turn, runs: Turn['runs'], { start, end }: Span): Replacement[] {
  const spoken = runs.flatMap((run) => maskRun(text, run, (at) => spanOf(turn, at)));
  const edges = [start, ...spoken.flatMap((part) => [part.start, part.end]), end];
  const between = Array.from({ length: spoken.length + 1 }, (_, i): Replacement => {
    const [from = start, to = end] = [edges[2 * i], edges[2 * i + 1]];
    return { start: from, end: to, text: maskCharacters(text.slice(from, to)) };
  });
  return [...spoken, ...between].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function spanOf(turn: Turn, tokenAt: number): Span {
  const token = turn.tokens[tokenAt];
  if (token === undefined)
    throw new RangeError(`Cannot mask token ${tokenAt}: turn has ${turn.tokens.length} tokens`);
  return token;
}
