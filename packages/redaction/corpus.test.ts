import { describe, expect, it } from 'vitest';
import {
  CORPUS_HALVES,
  CORPUS_SOURCES,
  CORPUS_STYLES,
  readCorpus,
  type LabelledTurn,
} from './corpus/corpus.ts';
import { readableInText } from './corpus/readable-words.ts';
import { ENTITY_NAMES } from './src/index.ts';

const everyTurn = CORPUS_SOURCES.flatMap((source) =>
  CORPUS_HALVES.flatMap((half) => CORPUS_STYLES.flatMap((style) => readCorpus(half, style, source).flat())),
);

describe('the labelled conversations', () => {
  it('are at least 1,000 turns of 150 conversations, two in five of them without anything private', () => {
    expect(everyTurn.length).toBeGreaterThanOrEqual(1000);
    expect(new Set(everyTurn.map(({ conversation }) => conversation)).size).toBeGreaterThanOrEqual(150);
    const clean = everyTurn.filter(({ spans }) => spans.length === 0);
    expect(clean.length / everyTurn.length).toBeGreaterThanOrEqual(0.4);
  });

  it('hold every entity in both halves and both styles', () => {
    for (const half of CORPUS_HALVES) {
      for (const style of CORPUS_STYLES) {
        const types = new Set(readCorpus(half, style).flatMap((turns) => typesOf(turns)));
        expect([...types].toSorted()).toEqual([...ENTITY_NAMES, 'CARD_LAST_FOUR'].toSorted());
      }
    }
  });

  it('label stretches of text that do not overlap and begin and end with a letter or figure', () => {
    for (const { text, spans } of everyTurn) {
      let from = 0;
      for (const { start, end } of spans) {
        expect(start).toBeGreaterThanOrEqual(from);
        expect(text.slice(start, end)).toMatch(/^[\p{L}\d](?:.*[\p{L}\d!])?$/u);
        from = end;
      }
    }
  });
});

function typesOf(turns: readonly LabelledTurn[]): string[] {
  return turns.flatMap(({ spans }) => spans.map(({ type }) => type));
}

describe('readableInText', () => {
  const span = (text: string, said: string) => {
    const start = text.indexOf(said);
    return { type: 'PIN', start, end: start + said.length };
  };
  const outputs = [
    { given: 'my pin is one two um three', said: 'one two um three', output: 'my pin is ## um #', left: '' },
    { given: 'one one two three is it', said: 'one two three', output: 'one ### is it', left: '' },
    { given: 'my pin is one two three', said: 'one two three', output: 'my pin is # two #', left: 'two' },
    { given: 'PIN 1, 2, 3.', said: '1, 2, 3', output: 'PIN #, #, 3.', left: '3' },
    { given: 'It is Rover-88.', said: 'Rover-88', output: 'It is #####-88.', left: '88' },
    { given: 'my pin is 4111', said: '4111', output: 'my pin is 4111', left: '4111' },
    { given: 'my pin is 4111', said: '4111', output: 'my pin is <DIGITS>', left: '' },
  ];
  for (const { given, said, output, left } of outputs) {
    it(`finds "${left}" of "${said}" in "${output}"`, () => {
      const [readable] = readableInText(given, output, [span(given, said)]);
      expect(readable?.left.join(' ')).toBe(left);
    });
  }
});
