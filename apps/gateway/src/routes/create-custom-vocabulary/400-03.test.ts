import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST custom-vocabularies 400-03', () => {
  it.each([
    { given: {}, want: '/phrase is required; /soundsLike is required' },
    { given: { phrase: 'Polo' }, want: '/soundsLike is required' },
    {
      given: { phrase: 'x'.repeat(41), soundsLike: [] },
      want: '/phrase must be 1 to 40 characters without control characters',
    },
    { given: { phrase: '...', soundsLike: [] }, want: '/phrase must hold a letter or a digit' },
    {
      given: { phrase: 'Polo', soundsLike: ['a', 'b', 'c', 'd', 'e', 'f'] },
      want: '/soundsLike must have at most 5 items',
    },
    {
      given: { phrase: 'Polo', soundsLike: ['a', 'x'.repeat(41)] },
      want: '/soundsLike/1 must be 1 to 40 characters without control characters',
    },
  ])('refuses $given', async ({ given, want }) => {
    const { post, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    const refusal = await readRefusal(await post(VOCABULARIES, given));
    expect(refusal).toEqual({ status: 400, code: '400-03', message: want });
    expect(await vocabularies.list('tenant-1')).toEqual([]);
  });
});
