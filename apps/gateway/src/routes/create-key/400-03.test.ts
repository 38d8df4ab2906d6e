import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, KEYS } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('POST keys 400-03', () => {
  const refused: readonly { given: object; pointer: string; want: string }[] = [
    {
      given: { scopes: ['admin', 'transcripts:unredacted'] },
      pointer: '/scopes/1',
      want: 'must be a scope that the key of this request has',
    },
    { given: { scopes: [] }, pointer: '/scopes', want: 'must have at least 1 items' },
    { given: { expiresAt: '2026-11-23T12:00:00Z' }, pointer: '/expiresAt', want: 'must be in the future' },
    { given: { name: '' }, pointer: '/name', want: 'must not be empty' },
  ];
  it.each(refused)('refuses $given', async ({ given, pointer, want }) => {
    const { post, get } = await gatewayUnderTest({ scopes: ['admin'] });
    const problem = await readProblem(await post(KEYS, { name: 'a', scopes: ['admin'], ...given }));
    expect(problem).toMatchObject({ code: '400-03', problems: [{ pointer, message: want }] });
    expect(await (await get(KEYS)).json()).toEqual({ items: [] });
  });

  it('gives raw words only from a key that may read them', async () => {
    const { post } = await gatewayUnderTest({ scopes: ['admin', 'transcripts:unredacted'] });
    const body = { name: 'a', scopes: ['messages:read', 'transcripts:unredacted'] };
    expect((await post(KEYS, body)).status).toBe(201);
  });
});
