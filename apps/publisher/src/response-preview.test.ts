import { describe, expect, it } from 'vitest';
import { addedSecrets, maskPreview } from './response-preview.ts';

describe('maskPreview', () => {
  const cases: readonly { given: [string, string[]]; want: string | undefined }[] = [
    { given: ['', []], want: undefined },
    { given: [' \n\t\u0000 ', []], want: undefined },
    { given: ['Bad  request\r\nline\u0007 two', []], want: 'Bad request line two' },
    { given: ['your key s3cr3t! is wrong', ['s3cr3t!']], want: 'your key *** is wrong' },
    { given: ['?key=a%26b%3Dc', ['a&b=c']], want: '?key=***' },
    { given: ['{"key":"a\\"bcd"}', ['a"bcd']], want: '{"key":"***"}' },
    { given: ['abcdef abc', ['abc', 'abcdef']], want: '*** abc' },
    { given: ['Authorization: Bearer abc.def-1', []], want: 'Authorization: Bearer ***' },
    { given: ['card 4111 1111-1111.1111, code 12', []], want: 'card #### ####-####.####, code 12' },
    { given: ['x'.repeat(600), []], want: 'x'.repeat(500) },
    { given: ['größe – ok', []], want: 'größe – ok' },
  ];
  it.each(cases)('answers $want', ({ given, want }) => {
    expect(maskPreview(...given)).toBe(want);
  });

  it('leaves no digits of a long number, wherever it is cut', () => {
    const preview = maskPreview(`${'x'.repeat(495)} 4111111111111111`, []) ?? '';
    expect(preview).not.toMatch(/\d/);
    expect(preview.length).toBeLessThanOrEqual(500);
  });
});

describe('addedSecrets', () => {
  it('names what authentication added, and whatever is in the query', () => {
    const unsigned = {
      url: new URL('https://example.com/hook?a=open'),
      headers: { 'content-type': 'application/json' },
      body: '{}',
      webhookId: 'msg_1',
      timestampSeconds: 0,
    };
    const signed = {
      ...unsigned,
      url: new URL('https://example.com/hook?a=open&token=hush-hush'),
      headers: { ...unsigned.headers, authorization: 'Bearer abcdef' },
    };
    expect(addedSecrets(unsigned, signed)).toEqual([
      'Bearer abcdef',
      'Bearer',
      'abcdef',
      'open',
      'hush-hush',
    ]);
    expect(addedSecrets(unsigned, unsigned)).toEqual(['open']);
  });
});
