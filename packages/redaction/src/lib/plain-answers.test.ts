import { describe, expect, it } from 'vitest';
import { createRedactor } from './redactor.ts';
import { defaultPolicy } from './policy.ts';

type Said = readonly ['agent' | 'customer', string];

/** The last turn as it comes out. */
function lastOf(turns: readonly Said[]): string {
  const redactor = createRedactor(defaultPolicy);
  let state = redactor.initialState();
  let last = '';
  for (const [at, [role, text]] of turns.entries()) {
    const result = redactor.redact({ role, text, atMs: at * 3000 }, state);
    state = result.state;
    last = result.text;
  }
  return last;
}

const known: readonly Said[] = [
  ['agent', 'What is your password?'],
  ['customer', 'It is swordfish'],
];

describe('createRedactor on plain answers', () => {
  it.each<{ given: readonly Said[]; want: string }>([
    {
      given: [
        ['agent', 'How many people are in the household?'],
        ['customer', 'six'],
      ],
      want: 'six',
    },
    {
      given: [
        ['agent', 'When did you move in?'],
        ['customer', '2021.'],
      ],
      want: '2021.',
    },
    {
      given: [
        ['agent', 'Your reference is 5048-6069.'],
        ['customer', 'Okay, 5048-6069.'],
      ],
      want: 'Okay, 5048-6069.',
    },
    {
      given: [
        ['agent', 'And square feet?'],
        ['customer', 'About 3486.'],
      ],
      want: 'About 3486.',
    },
    { given: [['customer', 'And at 62?']], want: 'And at 62?' },
    { given: [['agent', 'Your debit number, all sixteen?']], want: 'Your debit number, all sixteen?' },
    {
      given: [
        ['agent', 'Read me the numbers on the meter dial.'],
        ['customer', '72344'],
      ],
      want: '72344',
    },
  ])('leaves $want', ({ given, want }) => {
    expect(lastOf([...known, ...given])).toBe(want);
  });

  it.each<{ given: readonly Said[]; want: string }>([
    {
      given: [
        ['agent', 'How many lines do you have?'],
        ['customer', '4821'],
      ],
      want: '####',
    },
    { given: [['customer', 'Let me start over 4821']], want: 'Let me start over ####' },
    { given: [['customer', 'How about 4821?']], want: 'How about ####?' },
    {
      given: [
        ['agent', 'What year is it?'],
        ['customer', 'My PIN is 1984'],
      ],
      want: 'My PIN is ####',
    },
  ])('masks $want while a PIN is awaited', ({ given, want }) => {
    expect(lastOf([['agent', 'What is your PIN?'], ...given])).toBe(want);
  });

  it.each<{ question: string; aside: Said; answer: string; want: string }>([
    {
      question: 'What is your social?',
      aside: ['customer', 'hang on what was the reference'],
      answer: '536228741',
      want: '#########',
    },
    {
      question: 'Can I have the card number?',
      aside: ['customer', 'what was the order number'],
      answer: '4111 1111',
      want: '#### ####',
    },
    {
      question: 'What is the CVV?',
      aside: ['agent', 'How long have you been with us?'],
      answer: '482',
      want: '###',
    },
  ])('masks $want after an aside', ({ question, aside, answer, want }) => {
    expect(lastOf([['agent', question], aside, ['customer', answer]])).toBe(want);
  });
});
