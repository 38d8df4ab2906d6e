import { describe, expect, it } from 'vitest';
import { maskNumbers } from './mask-numbers.ts';

describe('maskNumbers', () => {
  it.each([
    { given: 'four oh seven one', want: '####' },
    { given: 'Four, oh. Seven - one!', want: '####!' },
    { given: '4111 1111', want: '#### ####' },
    { given: 'A12 and 3G', want: 'A## and #G' },
    { given: 'the twenty first of May', want: 'the ## first of May' },
    { given: 'double five, three sevens', want: '####' },
    { given: 'it is to for one', want: 'it is ###' },
    { given: 'two hundred and five', want: '## and #' },
    { given: "one's own, the tens", want: '# own, the ##' },
    { given: 'oh, to go for it', want: 'oh, to go for it' },
    { given: '[PIN] and [RULE_2] and ####', want: '[PIN] and [RULE_2] and ####' },
    { given: '\u0664\u0665', want: '##' },
    { given: '', want: '' },
  ])('makes "$want" of "$given"', ({ given, want }) => {
    expect(maskNumbers(given)).toBe(want);
  });
});
