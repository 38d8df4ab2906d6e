import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPartialRedactor } from './partial-redactor.ts';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const asSpoken = (text: string): string => text;
const idle = createRedactor(defaultPolicy).initialState();

function shown(text: string, policy = defaultPolicy, state = idle): string {
  return createPartialRedactor(policy).redact({ role: 'customer', text, atMs: 0 }, state, asSpoken);
}

const DIGITS = ['zero', 'oh', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const DIGIT = /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine)\b/i;

describe('createPartialRedactor', () => {
  it.each([
    { given: 'I would like that very', want: 'I would like that' },
    { given: 'I would like to know', want: 'I would like' },
    { given: 'my pin is four', want: 'my pin is' },
    { given: 'my pin is four one', want: 'my pin is' },
    { given: 'my pin is four one and that', want: 'my pin is ## and' },
    { given: 'it was the 4th of May in 1999 and', want: 'it was the #th of May in ####' },
    { given: 'I have two dogs and one cat', want: 'I have # dogs and #' },
    { given: 'Hello.', want: '' },
    { given: '', want: '' },
  ])('shows "$want" of "$given"', ({ given, want }) => {
    expect(shown(given)).toBe(want);
  });

  it('never shows a digit of a value at any point of its being said', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            ...DIGITS,
            'twenty',
            'forty one',
            'to',
            'for',
            'double',
            '7',
            '42',
            'um',
            'no sorry',
          ),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        fc.constantFrom('my pin is', 'okay so it is', 'the card is', 'well'),
        (said, lead) => {
          for (let count = 1; count <= said.length; count += 1)
            expect(shown(`${lead} ${said.slice(0, count).join(' ')}`)).not.toMatch(DIGIT);
        },
      ),
    );
  });

  it('looks at what the conversation expects and leaves it as it was', () => {
    const redactor = createRedactor(defaultPolicy);
    const { state } = redactor.redact(
      { role: 'agent', text: 'And what is your password?', atMs: 0 },
      redactor.initialState(),
    );
    const before = JSON.stringify(state);
    expect(shown('fluffy cat yeah', defaultPolicy, state)).not.toContain('fluffy');
    expect(JSON.stringify(state)).toBe(before);
  });

  it('holds back enough words for values that are known by their end', () => {
    const policy = { ...defaultPolicy, entities: [...defaultPolicy.entities, 'EMAIL' as const] };
    const said = 'yes sure it is john dot smith at example dot com'.split(' ');
    for (let count = 1; count <= said.length; count += 1)
      expect(shown(said.slice(0, count).join(' '), policy)).not.toMatch(/john|smith/);
  });

  it('redacts what the written form shows', () => {
    const write = (text: string): string => text.replace('hash', '4 1 1 1');
    const turn = { role: 'customer' as const, text: 'it is hash and so on', atMs: 0 };
    expect(createPartialRedactor(defaultPolicy).redact(turn, idle, write)).not.toMatch(DIGIT);
  });

  it('shows nothing when writing fails', () => {
    const fail = (): string => {
      throw new Error('Cannot write');
    };
    const turn = { role: 'customer' as const, text: 'some words here', atMs: 0 };
    expect(createPartialRedactor(defaultPolicy).redact(turn, idle, fail)).toBe('');
  });
});
