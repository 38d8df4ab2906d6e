import { describe, expect, it } from 'vitest';
import { liveUnderTest } from '../../testing/live-under-test.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('GET calls/{guid}/live refused', () => {
  const refused = [
    { given: 'a guid nobody knows', guid: 'nobody', want: { status: 404, code: '404-01' } },
    {
      given: 'a partials that is no truth value',
      query: '?partials=2',
      want: { status: 400, code: '400-03' },
    },
    {
      given: 'an id of somebody else',
      headers: { 'last-event-id': '17' },
      want: { status: 400, code: '400-03' },
    },
    {
      given: 'an id with words in it',
      headers: { 'last-event-id': encode([1, "'; drop", 1]) },
      want: { status: 400, code: '400-03' },
    },
    {
      given: 'a wrong secret',
      headers: { 'asapp-api-secret': 'wrong' },
      want: { status: 401, code: '401-01' },
    },
    {
      given: 'no scope',
      scopes: ['stream:write', 'transcripts:partial'] as const,
      want: { status: 403, code: '403-01' },
    },
    {
      given: 'partials without their scope',
      scopes: ['messages:read'] as const,
      query: '?partials=true',
      want: { status: 403, code: '403-01' },
    },
    { given: 'no place left', connectionsMax: 0, want: { status: 503, code: '503-01' } },
  ];
  it.each(refused)('answers $want.code to $given', async ({ guid, query, headers, want, ...settings }) => {
    const call = await liveUnderTest(settings);
    const response = await call.get(query, headers, guid);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect({ status: response.status, ...(await codeOf(response)) }).toEqual(want);
    expect(response.headers.has('retry-after')).toBe(want.status === 503);
  });

  it('lets admin see partials', async () => {
    const call = await liveUnderTest({ scopes: ['admin'] });
    const response = await call.get('?partials=true');
    await response.body?.cancel();
    expect(response.status).toBe(200);
  });
});

async function codeOf(response: Response): Promise<{ code: unknown }> {
  const body: unknown = await response.json();
  return { code: typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined };
}
