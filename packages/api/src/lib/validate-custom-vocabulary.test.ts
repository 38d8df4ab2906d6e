import { describe, expect, it } from 'vitest';
import { validateCreateCustomVocabularyBody } from './validate-custom-vocabulary.ts';
import { problemText } from './validation.ts';

describe('validateCreateCustomVocabularyBody', () => {
  it.each([
    { phrase: 'Polo Fusion', soundsLike: ['polo fuse on', 'fourth fusion'] },
    { phrase: 'HBO Max', soundsLike: [] },
    { phrase: 'x'.repeat(40), soundsLike: Array.from({ length: 5 }, () => 'y'.repeat(40)) },
    { phrase: 'Señor Ñandú', soundsLike: ['senior nyandoo'], category: 'name' },
    { phrase: '😀'.repeat(39) + 'a', soundsLike: [] },
  ])('accepts %j', (body) => {
    expect(validateCreateCustomVocabularyBody(body)).toEqual({ ok: true, value: body });
  });

  const six = Array.from({ length: 6 }, () => 'a');
  it.each([
    { given: null, want: 'body must be an object' },
    { given: {}, want: '/phrase is required; /soundsLike is required' },
    { given: { phrase: 'a' }, want: '/soundsLike is required' },
    {
      given: { phrase: '', soundsLike: [] },
      want: '/phrase must be 1 to 40 characters without control characters',
    },
    {
      given: { phrase: 'x'.repeat(41), soundsLike: [] },
      want: '/phrase must be 1 to 40 characters without control characters',
    },
    {
      given: { phrase: 'a\u0000b', soundsLike: [] },
      want: '/phrase must be 1 to 40 characters without control characters',
    },
    { given: { phrase: ' - ', soundsLike: [] }, want: '/phrase must hold a letter or a digit' },
    { given: { phrase: 'a', soundsLike: 'b' }, want: '/soundsLike must be an array' },
    { given: { phrase: 'a', soundsLike: six }, want: '/soundsLike must have at most 5 items' },
    { given: { phrase: 'a', soundsLike: [1] }, want: '/soundsLike/0 must be a string' },
    { given: { phrase: 'a', soundsLike: ['b', ' '] }, want: '/soundsLike/1 must hold a letter or a digit' },
  ])('refuses $given', ({ given, want }) => {
    const checked = validateCreateCustomVocabularyBody(given);
    expect(checked.ok ? '' : `${checked.code} ${problemText(checked.problems)}`).toBe(`400-03 ${want}`);
  });
});
