import type { NumberElement } from './number-element.ts';
import { FILLERS, JOINING_MARKS } from './number-words.ts';
import type { Quantity } from './quantities.ts';
import type { Token } from './tokenize.ts';

/** Numbers that follow one another with nothing but fillers and separators between: a lattice of digits. */
export interface DigitRun {
  readonly elements: readonly NumberElement[];
  /** Token indexes, `last` included. */
  readonly first: number;
  readonly last: number;
  /** UTF-16 offsets into the turn. */
  readonly start: number;
  readonly end: number;
  /** The most likely reading. */
  readonly digits: string;
  /** What it reads as when nothing says that it is a code. */
  readonly quantity?: Quantity['kind'];
}

const JOINT_TOKENS_MAX = 4;
const LONG_NUMBER_DIGITS = 5;
const READINGS_MAX = 16;
const RUN_ELEMENTS_MAX = 64;

export function findDigitRuns(tokens: readonly Token[], elements: readonly NumberElement[]): DigitRun[] {
  const runs: NumberElement[][] = [];
  for (const element of elements) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    const joined = previous !== undefined && canJoin(tokens, previous, element);
    if (joined && run !== undefined && run.length < RUN_ELEMENTS_MAX) run.push(element);
    else runs.push([element]);
  }
  return runs.flatMap((parts) => runOf(tokens, parts) ?? []);
}

/** The digits a run may stand for, most likely first; at most 16 of them. */
export function readingsOf(run: DigitRun): readonly string[] {
  let readings = [''];
  for (const element of run.elements) {
    const [likely, ...others] = element.readings;
    const extended = readings.map((prefix) => prefix + likely);
    for (const other of others) extended.push(...readings.map((prefix) => prefix + other));
    readings = extended.slice(0, READINGS_MAX);
  }
  return readings;
}

function canJoin(tokens: readonly Token[], left: NumberElement, right: NumberElement): boolean {
  if (right.first - left.last - 1 > JOINT_TOKENS_MAX) return false;
  let hasWord = false;
  for (let at = left.last + 1; at < right.first; at += 1) {
    const token = tokens[at];
    if (token === undefined || !(JOINING_MARKS.has(token.text) || FILLERS.has(token.text))) return false;
    hasWord ||= token.kind === 'word';
  }
  const bothLong =
    left.readings[0].length >= LONG_NUMBER_DIGITS && right.readings[0].length >= LONG_NUMBER_DIGITS;
  return !(hasWord && bothLong);
}

export function runOf(
  tokens: readonly Token[],
  elements: readonly NumberElement[],
  quantity?: Quantity['kind'],
): DigitRun | undefined {
  const [head] = elements;
  const tail = elements.at(-1);
  const start = tokens[head?.first ?? -1]?.start;
  const end = tokens[tail?.last ?? -1]?.end;
  if (head === undefined || tail === undefined || start === undefined || end === undefined) return undefined;
  const digits = elements.map((element) => element.readings[0]).join('');
  const run = { elements, first: head.first, last: tail.last, start, end, digits };
  return quantity === undefined ? run : { ...run, quantity };
}
