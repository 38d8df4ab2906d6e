/** One word with times that were not heard but worked out; the fields of a token on the wire. */
export interface EstimatedToken {
  readonly content: string;
  /** Whole ms on the clock of the utterance. */
  readonly start: number;
  readonly end: number;
  readonly punctuationBefore?: string;
  readonly punctuationAfter?: string;
  readonly estimated: true;
}

/** Part of an utterance in which somebody speaks, ms on its clock. */
export interface VoicedSpan {
  readonly startMs: number;
  readonly endMs: number;
}

interface Piece {
  readonly content: string;
  before: string;
  after: string;
}

/** Marks around a word; `#`, `%`, `$` and the like are part of it, and so is the minus of a number. */
const BEFORE =
  /^(?:[.,;:!?\u2026"'\u201c\u201d\u2018\u2019()[\]{}\u00ab\u00bb\u00bf\u00a1\u2013\u2014]|-(?!\d))+/u;
const AFTER_MARKS = '.,;:!?\u2026"\'\u201c\u201d\u2018\u2019()[]{}\u00ab\u00bb\u2013\u2014-';
const LETTER = /[\p{L}\p{N}#]/gu;

/**
 * Gives each word of a text a share of the time by its letters: for engines that tell no times of words. Times never go
 * back and stay between `startMs` and `endMs`; with `voiced` (in order, apart) the silence between the spans is nobody's.
 */
export function estimateTokens(
  text: string,
  startMs: number,
  endMs: number,
  voiced: readonly VoicedSpan[] = [],
): readonly EstimatedToken[] {
  const pieces = splitPieces(text);
  const whole = { startMs, endMs: Math.max(startMs, endMs) };
  const clipped = voiced
    .map((span) => ({
      startMs: Math.max(span.startMs, whole.startMs),
      endMs: Math.min(span.endMs, whole.endMs),
    }))
    .filter((span) => span.endMs > span.startMs);
  const spans = clipped.length > 0 ? clipped : [whole];
  const totalMs = spans.reduce((sum, span) => sum + span.endMs - span.startMs, 0);
  const totalWeight = pieces.reduce((sum, { content }) => sum + weightOf(content), 0);
  let weight = 0;
  return pieces.map(({ content, before, after }) => {
    const from = (totalMs * weight) / totalWeight;
    weight += weightOf(content);
    const to = (totalMs * weight) / totalWeight;
    return {
      content,
      start: Math.round(placeOf(spans, from, 'start')),
      end: Math.round(placeOf(spans, to, 'end')),
      ...(before === '' ? {} : { punctuationBefore: before }),
      ...(after === '' ? {} : { punctuationAfter: after }),
      estimated: true,
    };
  });
}

function weightOf(content: string): number {
  return Math.max(1, content.match(LETTER)?.length ?? 0);
}

/** Where so much speech has gone by: at a pause a word ends before it and the next one starts after it. */
function placeOf(spans: readonly VoicedSpan[], spokenMs: number, edge: 'start' | 'end'): number {
  let leftMs = spokenMs;
  let placeMs = 0;
  for (const { startMs, endMs } of spans) {
    const lengthMs = endMs - startMs;
    placeMs = Math.min(endMs, startMs + leftMs);
    if (leftMs < lengthMs || (edge === 'end' && leftMs === lengthMs)) return placeMs;
    leftMs = Math.max(0, leftMs - lengthMs);
  }
  return placeMs;
}

/** A mark that stands alone goes to the word before it, at the very beginning to the one after it. */
function splitPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let waiting = '';
  for (const raw of text.split(/\s+/).filter(Boolean)) {
    const before = BEFORE.exec(raw)?.[0] ?? '';
    const end = contentEnd(raw, before.length);
    const content = raw.slice(before.length, end);
    const previous = pieces.at(-1);
    if (content !== '') {
      pieces.push({ content, before: waiting + before, after: raw.slice(end) });
      waiting = '';
    } else if (previous !== undefined) previous.after += raw;
    else waiting += raw;
  }
  return pieces;
}

function contentEnd(raw: string, from: number): number {
  let end = raw.length;
  while (end > from && AFTER_MARKS.includes(raw.charAt(end - 1))) end -= 1;
  return end;
}
