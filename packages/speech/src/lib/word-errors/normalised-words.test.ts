import { describe, expect, it } from 'vitest';
import { normalisedWords } from './normalised-words.ts';

const table: readonly { readonly given: string; readonly want: string }[] = [
  { given: 'Hello, World!', want: 'hello world' },
  { given: 'e-mail — pre-paid', want: 'e mail pre paid' },
  { given: "Don’t you'll we're I'm I've I'd", want: 'do not you will we are i am i have i would' },
  { given: "won't can't cannot", want: 'will not can not can not' },
  { given: "It's Anna's, that's all; let's go", want: 'it is annas that is all let us go' },
  { given: '0 7 12 21 100 120', want: 'zero seven twelve twenty one one hundred one hundred twenty' },
  { given: '2,500,016', want: 'two million five hundred thousand sixteen' },
  { given: '2000 1234 98101', want: 'two thousand one two three four nine eight one zero one' },
  { given: '007', want: 'zero zero seven' },
  {
    given: '1st 2nd 3rd 8th 12th 20th 21st',
    want: 'first second third eighth twelfth twentieth twenty first',
  },
  { given: '3.14', want: 'three point one four' },
  { given: '$5 and $49.95', want: 'five dollars and forty nine dollars and ninety five cents' },
  { given: '9:30, 10:00', want: 'nine thirty ten' },
  { given: '50% R&D a@b.com', want: 'fifty percent r and d a at b com' },
  { given: 'four oh five, oh dear', want: 'four zero five oh dear' },
  { given: 'OK, Mr. Smith and Dr. Jones canceled', want: 'okay mister smith and doctor jones cancelled' },
  { given: 'O.K. at ten o’clock, ten o clock', want: 'okay at ten oclock ten oclock' },
  { given: 'two hundred and five and six', want: 'two hundred five and six' },
  { given: 'gray color, authorised', want: 'grey colour authorized' },
  { given: 'a4b', want: 'a four b' },
  { given: ' \t ', want: '' },
];

describe('normalisedWords', () => {
  it.each(table)('reads "$given" as "$want"', ({ given, want }) => {
    expect(normalisedWords(given).join(' ')).toBe(want);
  });

  it.each(table)('changes nothing in "$want" again', ({ want }) => {
    expect(normalisedWords(want).join(' ')).toBe(want);
  });

  it.each([
    {
      given: '415 2019 1905 1900 45',
      digits: 'four one five two zero one nine one nine zero five one nine zero zero forty five',
      pairs: 'four fifteen twenty nineteen nineteen zero five one nine zero zero forty five',
    },
  ])('reads the figures of "$given" digit by digit and in pairs', ({ given, digits, pairs }) => {
    expect(normalisedWords(given, 'digits').join(' ')).toBe(digits);
    expect(normalisedWords(given, 'pairs').join(' ')).toBe(pairs);
  });
});
