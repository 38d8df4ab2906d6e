import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, ENDPOINTS, gatewayUnderTest } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

async function setUp(auth: unknown) {
  const gateway = await gatewayUnderTest();
  const body = { name: 'a', url: 'https://example.com/', auth };
  const made = (await (await gateway.post(ENDPOINTS, body)).json()) as { id: string; signingSecret?: string };
  const rotate = (change: object) => gateway.post(`${ENDPOINTS}/${made.id}/rotate-secret`, change);
  const kinds = () => gateway.endpoints.secrets.get(made.id)?.map(({ kind }) => kind);
  return { ...gateway, made, rotate, kinds };
}

describe('POST endpoints/{endpointId}/rotate-secret 200', () => {
  const overlaps = [
    { given: {}, want: ACCEPTED_AT_MS + 86_400_000 },
    { given: { overlapSeconds: 60 }, want: ACCEPTED_AT_MS + 60_000 },
  ];
  it.each(overlaps)('lets the secret before sign as long as $given says', async ({ given, want }) => {
    const { made, rotate, kinds } = await setUp([
      { type: 'secret', name: 'x-token', in: 'header', value: 'v' },
      { type: 'signature' },
    ]);
    const response = await rotate(given);
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { signingSecret: string; auth: unknown };
    expect(answer.signingSecret).toMatch(/^whsec_/);
    expect(answer.signingSecret).not.toBe(made.signingSecret);
    expect(answer.auth).toEqual([
      { type: 'secret', name: 'x-token', in: 'header' },
      { type: 'signature', previousUntil: new Date(want).toISOString() },
    ]);
    expect(kinds()).toEqual(['auth-secret', 'signing-secret-1', 'signing-secret-2']);
  });

  it('forgets the secret before at once without an overlap, and the older of two with one', async () => {
    const { rotate, kinds } = await setUp({ type: 'signature' });
    const answer = (await (await rotate({ overlapSeconds: 0 })).json()) as { auth: unknown };
    expect(answer.auth).toEqual([{ type: 'signature' }]);
    expect(kinds()).toEqual(['signing-secret-2']);
    await rotate({ overlapSeconds: 60 });
    await rotate({ overlapSeconds: 60 });
    expect(kinds()).toEqual(['signing-secret-3', 'signing-secret-4']);
  });
});

describe('POST endpoints/{endpointId}/rotate-secret 409-01', () => {
  it('refuses an endpoint that does not sign', async () => {
    const { rotate } = await setUp([]);
    const problem = await readProblem(await rotate({}));
    expect(problem).toMatchObject({
      code: '409-01',
      detail: 'The endpoint has no strategy of type signature',
    });
  });
});
