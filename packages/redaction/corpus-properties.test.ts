import { describe, expect, it } from 'vitest';
import {
  CORPUS_HALVES,
  CORPUS_SOURCES,
  CORPUS_STYLES,
  readCorpus,
  type LabelledTurn,
} from './corpus/corpus.ts';
import { readableOutside } from './corpus/readable-words.ts';
import { createRedactor, defaultPolicy, type RedactionResult } from './src/index.ts';

const TURN_MS = 3000;
const redactor = createRedactor(defaultPolicy);
const labelling = createRedactor({ ...defaultPolicy, mask: 'label' });

const conversations = CORPUS_SOURCES.flatMap((source) =>
  CORPUS_HALVES.flatMap((half) => CORPUS_STYLES.flatMap((style) => readCorpus(half, style, source))),
);

interface Step extends RedactionResult {
  readonly turn: LabelledTurn;
  readonly atMs: number;
  readonly before: RedactionResult['state'];
}

function redactAll(turns: readonly LabelledTurn[], change = (text: string): string => text): Step[] {
  let before = redactor.initialState();
  return turns.map((turn, index) => {
    const atMs = index * TURN_MS;
    const result = redactor.redact({ role: turn.role, text: change(turn.text), atMs }, before);
    const step = { ...result, turn, atMs, before };
    before = result.state;
    return step;
  });
}

const steps = conversations.flatMap((turns) => redactAll(turns));

describe('createRedactor on the labelled conversations', () => {
  it('tells places in the text as given, in order and without overlap', () => {
    for (const { turn, findings } of steps) {
      let from = 0;
      for (const { start, end } of findings) {
        expect(start).toBeGreaterThanOrEqual(from);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(turn.text.length);
        from = end;
      }
    }
  });

  it('changes nothing outside the places it tells', () => {
    for (const { turn, atMs, before, findings } of steps) {
      let want = turn.text;
      for (const { entity, start, end } of findings.toReversed()) {
        want = `${want.slice(0, start)}[${entity}]${want.slice(end)}`;
      }
      expect(labelling.redact({ role: turn.role, text: turn.text, atMs }, before).text).toBe(want);
    }
  });

  it('leaves what it has masked as it is', () => {
    const masksOf = (text: string): number => text.replaceAll(/[^#]/g, '').length;
    // What is not masked yet may be now: only masks have to stay.
    const changed = steps.filter(({ turn, atMs, text, state }) => {
      const again = redactor.redact({ role: turn.role, text, atMs }, state).text;
      return text !== again && masksOf(again) <= masksOf(text);
    });
    expect(changed.map(({ turn }) => turn.conversation)).toEqual([]);
  });

  it('finds the same in capitals', () => {
    for (const turns of conversations) {
      const places = (result: readonly Step[]) =>
        result.map(({ findings }) => findings.map(({ entity, start, end }) => ({ entity, start, end })));
      const words = turns.filter(({ conversation }) => conversation.includes('.words.'));
      expect(places(redactAll(words, (text) => text.toUpperCase()))).toEqual(places(redactAll(words)));
    }
  });

  it('masks at least 9 in 10 of the cards and social security numbers it masks when they are cut into two turns', () => {
    const tried = steps.flatMap((step) => leftAfterCut(step));
    const whole = tried.filter(({ left }) => left.length === 0);
    expect(tried.length).toBeGreaterThan(200);
    expect(whole.length / tried.length).toBeGreaterThanOrEqual(0.9);
  });
});

/** The first value of a turn, cut at the space behind its middle; nothing where there is none or it was left uncut. */
function leftAfterCut({ turn, atMs, before, findings }: Step): { readonly left: readonly string[] }[] {
  const [place] = turn.spans;
  if (place === undefined || !['CREDIT_CARD_NUMBER', 'SSN'].includes(place.type)) return [];
  const [uncut] = readableOutside(turn.text, findings, [place]);
  const at = turn.text.indexOf(' ', (place.start + place.end) / 2);
  if (uncut === undefined || uncut.left.length > 0 || at < 0 || at >= place.end) return [];
  const [first, second] = [turn.text.slice(0, at), turn.text.slice(at + 1)];
  const one = redactor.redact({ role: turn.role, text: first, atMs }, before);
  const two = redactor.redact({ role: turn.role, text: second, atMs: atMs + 1000 }, one.state);
  const parts = [
    ...readableOutside(first, one.findings, [{ ...place, end: at }]),
    ...readableOutside(second, two.findings, [{ ...place, start: 0, end: place.end - at - 1 }]),
  ];
  return [{ left: parts.flatMap(({ left }) => left) }];
}
