import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISHEARD, ORDINARY } from '../testing/call-centre-sentences.ts';
import { CALL_CENTRE_VOCABULARY } from '../testing/call-centre-vocabulary.ts';
import { createVocabulary, type VocabularyEntry } from './vocabulary.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const vocabulary = createVocabulary(CALL_CENTRE_VOCABULARY);

function corrected(text: string, ...entries: readonly VocabularyEntry[]): string {
  return createVocabulary(entries).correct(text).text;
}

function entry(phrase: string, ...soundsLike: readonly string[]): VocabularyEntry {
  return { phrase, soundsLike };
}

describe('createVocabulary', () => {
  it.each(MISHEARD)('hears $want in $given', ({ given, want }) => {
    expect(vocabulary.correct(given).text).toBe(want);
  });

  it.each(ORDINARY)('leaves alone: %s', (text) => {
    expect(vocabulary.correct(text)).toEqual({ text, corrections: [] });
  });

  it('changes nothing without entries, and nothing where there are no words', () => {
    expect(corrected('I take zarelto.')).toBe('I take zarelto.');
    for (const text of ['', ' ', '...', '####']) expect(vocabulary.correct(text).text).toBe(text);
  });

  it('passes entries over that hold no word', () => {
    expect(corrected('I take zarelto -.', entry('-', '.'), entry('Xarelto'))).toBe('I take Xarelto -.');
  });

  it('corrects by sound in English only, by exact words in any language', () => {
    const given = [entry('Okta'), entry('Humira', 'u mira')];
    const inSpanish = createVocabulary(given, 'es-US');
    expect(inSpanish.correct('Tomo u mira desde octa.').text).toBe('Tomo Humira desde octa.');
    expect(createVocabulary(given, 'EN-gb').correct('octa').text).toBe('Okta');
  });

  it('gives the phrases for engines that can be biased', () => {
    expect(createVocabulary([entry('B', 'c'), entry('A')]).phrases).toEqual(['B', 'A']);
  });

  it('tells each correction by its place in the text that was given', () => {
    const text = 'zarelto, then hue mira.';
    const { corrections } = vocabulary.correct(text);
    expect(corrections.map(({ start, end }) => text.slice(start, end))).toEqual(['zarelto', 'hue mira']);
    expect(corrections.map(({ replacement }) => replacement)).toEqual(['Xarelto', 'Humira']);
  });

  const exact: readonly { given: string; want: string; entries: readonly VocabularyEntry[] }[] = [
    { given: '"FOURTH, fusion!"', want: '"Polo Fusion!"', entries: [entry('Polo Fusion', 'fourth fusion')] },
    { given: 'fourth. Fusion', want: 'Polo', entries: [entry('Polo', 'fourth fusion')] },
    { given: 'the fourth? Fusion', want: 'the fourth? Fusion', entries: [entry('Polo', 'fourth fusion')] },
    { given: 'the end, game on', want: 'the end, game on', entries: [entry('Endgame', 'end game')] },
    { given: 'A.B.C. news', want: 'Abacus. news', entries: [entry('Abacus', 'a b c')] },
    { given: 'senor frogs', want: 'Señor Frogs', entries: [entry('Señor Frogs')] },
    { given: "fourth fusion's price", want: "Polo's price", entries: [entry('Polo', 'fourth fusion')] },
    { given: 'lowe\u2019s pro desk', want: "Lowe's Pro desk", entries: [entry("Lowe's Pro")] },
    { given: 'Yahoo! yahoo', want: 'Yahoo! Yahoo!', entries: [entry('Yahoo!')] },
    { given: 'at @home and home', want: 'at @home and home', entries: [entry('@home')] },
    { given: 'Auto pay. auto pay', want: 'Autopay. autopay', entries: [entry('autopay', 'auto pay')] },
    { given: 'E bay', want: 'eBay', entries: [entry('eBay', 'e bay')] },
    { given: 'h b o max', want: 'HBO Max', entries: [entry('HBO', 'h b o'), entry('HBO Max', 'h b o max')] },
    { given: 'the gold plan', want: 'the gold plan', entries: [entry('Gold')] },
    { given: 'the gold plan', want: 'the Gold plan', entries: [entry('Gold', 'gold')] },
    {
      given: 'one two three',
      want: 'Uno three',
      entries: [entry('Uno', 'one two'), entry('Duo', 'two three')],
    },
    {
      given: 'same sound',
      want: 'First',
      entries: [entry('First', 'same sound'), entry('Last', 'same sound')],
    },
  ];
  it.each(exact)('writes $given as $want', ({ given, want, entries }) => {
    expect(corrected(given, ...entries)).toBe(want);
  });

  const doubtful: readonly { given: string; entries: readonly VocabularyEntry[]; why: string }[] = [
    { given: 'a guild', entries: [entry('Gold')], why: 'the name is a common word' },
    {
      given: 'zarelto',
      entries: [entry('Zerelto'), entry('Xarelto'), entry('Zarrelto')],
      why: 'two names fit',
    },
    { given: 'xa, relto', entries: [entry('Xarelto')], why: 'a mark stands between' },
    { given: 'kite', entries: [entry('Okta')], why: 'the beginning differs' },
    { given: 'ab', entries: [entry('Abe')], why: 'it is too short' },
    { given: 'xarel70', entries: [entry('Xarelto')], why: 'it is no word' },
    {
      given: 'polo xa',
      entries: [entry('kay relto', 'xa'), entry('Polo Kay')],
      why: 'entries rewrite each other',
    },
  ];
  it.each(doubtful)('leaves $given alone since $why', ({ given, entries }) => {
    expect(corrected(given, ...entries)).toBe(given);
  });

  const word = fc.constantFrom(
    'polo',
    'fusion',
    'fuse',
    'on',
    'Xa',
    'relto',
    'zarelto',
    'a',
    "b's",
    'Kay',
    'key',
  );
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const entries = fc.array(fc.record({ phrase, soundsLike: fc.array(phrase, { maxLength: 3 }) }), {
    maxLength: 6,
  });
  const separator = fc.constantFrom(' ', ', ', '. ', '-', '? ', ' - ');
  const sentence = fc
    .array(fc.tuple(word, separator), { maxLength: 12 })
    .map((parts) => parts.flat().join(''));

  it('changes nothing the second time, and tells exactly what it changed', () => {
    fc.assert(
      fc.property(entries, fc.oneof(sentence, fc.string({ unit: 'grapheme' })), (given, text) => {
        const subject = createVocabulary(given);
        const once = subject.correct(text);
        expect(subject.correct(once.text)).toEqual({ text: once.text, corrections: [] });
        let rebuilt = '';
        let done = 0;
        for (const { start, end, replacement } of once.corrections) {
          rebuilt += text.slice(done, start) + replacement;
          done = end;
        }
        expect(rebuilt + text.slice(done)).toBe(once.text);
      }),
      { numRuns: 2000 },
    );
  });
});
