import { createRedactor, defaultPolicy, type RedactionState } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { formatTranscript } from './format-transcript.ts';

type Line = readonly [role: 'agent' | 'customer', text: string, secret?: string];

const redactor = createRedactor(defaultPolicy);

interface Shown {
  readonly spoken: string;
  readonly written: string;
}

/** The order the README recommends: the spoken form masked, then formatted, then the written form masked. */
function play(lines: readonly Line[]): Shown[] {
  let state: RedactionState = redactor.initialState();
  return lines.map(([role, text], i) => {
    const atMs = 1_700_000_000_000 + i * 4000;
    const spoken = redactor.redact({ role, text, atMs }, state);
    const formatted = formatTranscript(spoken.text).text;
    const written = redactor.redact({ role, text: formatted, atMs }, state);
    state = spoken.state;
    return { spoken: spoken.text, written: written.text };
  });
}

const hashes = (text: string): number => text.split('#').length - 1;

const CALLS: readonly { given: string; lines: readonly Line[] }[] = [
  {
    given: 'an ordinary service call',
    lines: [
      ['agent', 'Thank you for calling, how can I help you today?'],
      ['customer', 'Hi, I ordered two lamps on the fourteenth and only one of them came.'],
      ['agent', 'I am sorry about that. May I have your PIN number, please?'],
      ['customer', 'My PIN number is one two three four.', '1234'],
      ['agent', 'Thanks. And which card would you like the refund on?'],
      [
        'customer',
        'The card number is four one one one, one one one one, one one one one, double one, double one.',
        '4111111111111111',
      ],
      ['agent', 'And the three digits on the back?'],
      ['customer', 'Um, that is seven two nine.', '729'],
      ['agent', 'Could you give me the last four of your social as well?'],
      ['customer', 'Sure, it ends in oh six double five.', '0655'],
      [
        'agent',
        'Great. The refund is forty nine dollars and ninety five cents, and takes three to five days.',
      ],
      ['customer', 'Okay, and the order number was eight eight one oh two, in case you need it.'],
    ],
  },
  {
    given: 'the answer to a question for a PIN',
    lines: [
      ['agent', 'Can I have your PIN please?'],
      ['customer', 'Sure, it is one two three four.', '1234'],
    ],
  },
  {
    given: 'an answer after back-channel',
    lines: [
      ['agent', 'And the security code on the back of the card?'],
      ['customer', 'Okay.'],
      ['agent', 'Right.'],
      ['customer', 'Let me get my wallet.'],
      ['customer', 'nine one one', '911'],
    ],
  },
  {
    given: 'digits one by one, and the read-back',
    lines: [
      ['agent', 'Please tell me your PIN.'],
      ['customer', 'one', '1'],
      ['customer', 'two', '2'],
      ['customer', 'three four', '34'],
      ['agent', 'So that is one two three four?', '1234'],
    ],
  },
  {
    given: 'a card in pieces with acknowledgements between',
    lines: [
      ['agent', 'What is the card number?'],
      ['customer', '4111', '4111'],
      ['agent', 'Okay.'],
      ['customer', 'one one one one', '1111'],
      ['agent', 'Mhm.'],
      ['customer', 'eleven eleven', '1111'],
      ['customer', 'and then 1112', '1112'],
    ],
  },
  {
    given: 'a sentence cut by a pause',
    lines: [
      ['customer', 'and my pin number is'],
      ['customer', 'four four seven one', '4471'],
    ],
  },
  {
    given: 'a repetition later in the call',
    lines: [
      ['customer', 'my pin is 4471', '4471'],
      ['agent', 'Thank you, let me look that up for you.'],
      ['customer', 'did you get the four four seven one?', '4471'],
    ],
  },
  {
    given: 'a card nobody asked for, from its second piece on',
    lines: [
      ['customer', 'okay then'],
      ['customer', '4111'],
      ['customer', 'one one one one', '1111'],
      ['customer', '1111', '1111'],
    ],
  },
  {
    given: 'an answer to a question for a password',
    lines: [
      ['agent', 'What is your password?'],
      ['customer', 'It is blue horse forty two.', '42'],
    ],
  },
];

const TURNS: readonly (readonly [text: string, secret: string])[] = [
  ['my pin is one two three four', '1234'],
  ['My pin is one, two, three, four.', '1234'],
  ['My PIN is One. Two. Three. Four.', '1234'],
  ['my pin is oh one double two', '0122'],
  ['my pin is forty one eleven', '4111'],
  ['my pin is twenty twenty-four', '2024'],
  ['my pin is two thousand and five', '2005'],
  ['my pin is triple 7 one', '7771'],
  ['my pin is one two to four', '1224'],
  ['my PIN number is won two three four', '1234'],
  ['my PIN is $1,234.', '1234'],
  ['my PIN is 12:34', '1234'],
  ['my pin is 1 2 3 4', '1234'],
  ['my pin is one two no sorry three four', '1234'],
  ['one two three four is my pin', '1234'],
  ['is 1234 your PIN?', '1234'],
  ['the one-time code is 482913', '482913'],
  ['the code we texted you is four eight two nine one three', '482913'],
  ['the c v v is five sixty one', '561'],
  ['the three digits on the back are 9 1 1', '911'],
  ['my social is two one nine, oh nine, nine nine nine nine', '219099999'],
  ['my social ends in one one three four', '1134'],
  ['four one one one one one one one one one one one one one one one', '4111111111111111'],
  ['forty one eleven, eleven eleven, eleven eleven, eleven eleven', '4111111111111111'],
  ['4111 one one one one 1111 double one double one', '4111111111111111'],
  ['card number 4111 1111 1111 1111 12 25 123', '4111111111111111'],
  ['my password is blue horse forty two', '42'],
];

const digitsOf = (text: string): string => text.replaceAll(/[^0-9]/g, '');

describe('formatTranscript between two redactions', () => {
  it.each(CALLS)('leaves no digit of a secret: $given', ({ lines }) => {
    const shown = play(lines);
    for (const [i, [, , secret]] of lines.entries()) {
      if (secret === undefined) continue;
      expect(shown[i]?.written).not.toMatch(/[0-9]/);
      expect(shown[i]?.written).not.toMatch(/\b(?:one|two|three|four|seven|eleven|forty)\b/i);
    }
  });

  it.each(CALLS)('masks at least what was masked in the spoken form: $given', ({ lines }) => {
    for (const { spoken, written } of play(lines)) {
      expect(hashes(written)).toBeGreaterThanOrEqual(hashes(spoken));
      expect(written.match(/#+/g) ?? []).toEqual(expect.arrayContaining(spoken.match(/#+/g) ?? []));
    }
  });

  it.each(TURNS)('leaves no digit of a secret: %s', (text, secret) => {
    const [shown] = play([['customer', text]]);
    const left = digitsOf(shown?.written ?? '');
    expect(left === '' || !secret.includes(left)).toBe(true);
  });

  const needed: readonly { why: string; given: string; want: string }[] = [
    {
      why: 'spoken form first: a year is none',
      given: 'my pin is in twenty twenty',
      want: 'My pin is in ####.',
    },
    {
      why: 'spoken form first: a time is none',
      given: 'my pin is at ten thirty',
      want: 'My pin is at ####.',
    },
    { why: 'written form as well', given: 'my pin is a hundred and one', want: 'My pin is ###.' },
    { why: 'written form as well, money', given: 'my PIN is forty two dollars', want: 'My PIN is $##.' },
  ];
  it.each(needed)('masks what one pass alone would show: $why', ({ given, want }) => {
    expect(play([['customer', given]])[0]?.written).toBe(want);
  });

  it('shows the numbers that are nobody\u2019s secret in figures', () => {
    const shown = play(CALLS[0]?.lines ?? []).map(({ written }) => written);
    expect(shown[1]).toBe('Hi, I ordered two lamps on the 14th and only one of them came.');
    expect(shown[3]).toBe('My PIN number is ####.');
    expect(shown[10]).toBe('Great. The refund is $49.95, and takes three to five days.');
    expect(shown[11]).toBe('Okay, and the order number was 88102, in case you need it.');
  });
});
