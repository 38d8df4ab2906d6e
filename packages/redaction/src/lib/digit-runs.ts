import type { NumberElement } from './number-element.ts';
import { FILLERS, JOINING_MARKS } from './number-words.ts';
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
  return runs.map((parts) => toRun(tokens, parts)).filter((run) => run !== undefined);
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
  const between = tokens.slice(left.last + 1, right.first);
  if (between.length > JOINT_TOKENS_MAX) return false;
  if (!between.every((token) => JOINING_MARKS.has(token.text) || FILLERS.has(token.text))) return false;
  const hasWord = between.some((token) => token.kind === 'word');
  const bothLong =
    left.readings[0].length >= LONG_NUMBER_DIGITS && right.readings[0].length >= LONG_NUMBER_DIGITS;
  return !(hasWord && bothLong);
}

function toRun(tokens: readonly Token[], elements: readonly NumberElement[]): DigitRun | undefined {
  const [head] = elements;
  const tail = elements.at(-1);
  const start = tokens[head?.first ?? -1]?.start;
  const end = tokens[tail?.last ?? -1]?.end;
  if (head === undefined || tail === undefined || start === undefined || end === undefined) return undefined;
  const digits = elements.map((element) => element.readings[0]).join('');
  return { elements, first: head.first, last: tail.last, start, end, digits };
}
