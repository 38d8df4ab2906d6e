import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, detail, readProblem } from '../../testing/deliveries-under-test.ts';

const RETRY = '/deliveries/1042/retry';
const lane = { tenantId: 'tenant-1', endpointId: 'endpoint-1', conversationId: 'conversation-1' };

describe('POST retry', () => {
  it('202 wakes the lane, whether somebody holds it or not', async () => {
    const { ask, woken } = deliveriesUnderTest({
      detail: detail({ state: 'pending', deliveredAtMs: undefined }),
      retried: { type: 'queued', lane },
    });
    const response = await ask('POST', RETRY);
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ id: '1042', state: 'pending', attemptList: [] });
    expect(woken).toEqual(['told conversation-1', 'job conversation-1']);
  });

  it.each([
    { given: { type: 'unknown' }, want: { status: 404, code: '404-01' } },
    { given: { type: 'delivered' }, want: { status: 409, code: '409-01' } },
    { given: { type: 'endpoint-disabled' }, want: { status: 409, code: '409-01' } },
  ] as const)('$want.code when it is $given.type', async ({ given, want }) => {
    const { ask, woken } = deliveriesUnderTest({ retried: given });
    expect(await readProblem(await ask('POST', RETRY))).toMatchObject(want);
    expect(woken).toEqual([]);
  });

  it('401-01 with a wrong secret', async () => {
    const { ask } = deliveriesUnderTest({ retried: { type: 'queued', lane } });
    const refused = await ask('POST', RETRY, undefined, { 'asapp-api-secret': 'wrong' });
    expect(await readProblem(refused)).toMatchObject({ status: 401, code: '401-01' });
  });

  it('403-01 without the scope webhooks:admin', async () => {
    const { ask, woken } = deliveriesUnderTest({
      scopes: ['messages:read'],
      retried: { type: 'queued', lane },
    });
    expect(await readProblem(await ask('POST', RETRY))).toMatchObject({ status: 403, code: '403-01' });
    expect(woken).toEqual([]);
  });

  it('429-01 beyond the quota', async () => {
    const { ask } = deliveriesUnderTest({ requestsPerSecond: 1 });
    await ask('POST', RETRY);
    expect(await readProblem(await ask('POST', RETRY))).toMatchObject({ status: 429, code: '429-01' });
  });

  it('503-01 while the store cannot answer', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot read', { retryable: true });
    const { ask } = deliveriesUnderTest({ listFails });
    expect(await readProblem(await ask('POST', RETRY))).toMatchObject({ status: 503, code: '503-01' });
  });
});
