import { AppError } from '@earshot/domain';
import { SAMPLE_ENDPOINT_ID, sampleEndpoint } from '@earshot/storage/testing';
import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

const REPLAY = `/endpoints/${SAMPLE_ENDPOINT_ID}/replay`;
const BODY = { guid: 'call-1' };

describe('POST replay', () => {
  it('202 takes up what was not delivered, in batches from the oldest on', async () => {
    const { ask, batches, woken } = deliveriesUnderTest({
      endpoint: sampleEndpoint(),
      undeliveredCount: 1200,
    });
    const response = await ask('POST', REPLAY, { from: '2026-11-23T12:00:00Z', to: '2026-11-23T13:00:00Z' });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ replayed: 1200, complete: true });
    expect(batches.map(({ afterDeliveryId }) => afterDeliveryId)).toEqual([undefined, '500', '1000']);
    expect(batches[0]).toEqual({
      tenantId: 'tenant-1',
      endpointId: SAMPLE_ENDPOINT_ID,
      states: ['failed', 'dropped', 'dead'],
      fromMs: Date.UTC(2026, 10, 23, 12),
      toMs: Date.UTC(2026, 10, 23, 13),
      limit: 500,
      atMs: 0,
    });
    expect(woken.filter((line) => line.startsWith('job'))).toHaveLength(3);
  });

  it('202 passes on call and states', async () => {
    const { ask, batches } = deliveriesUnderTest({ endpoint: sampleEndpoint() });
    const response = await ask('POST', REPLAY, { ...BODY, states: ['dead'] });
    expect(await response.json()).toEqual({ replayed: 0, complete: true });
    expect(batches).toMatchObject([{ guid: 'call-1', states: ['dead'] }]);
  });

  it('202 stops at 10 000 and says so', async () => {
    const { ask, batches } = deliveriesUnderTest({ endpoint: sampleEndpoint(), undeliveredCount: 10_001 });
    expect(await (await ask('POST', REPLAY, BODY)).json()).toEqual({ replayed: 10_000, complete: false });
    expect(batches).toHaveLength(20);
  });

  it.each([{}, { from: '2026-11-23T12:00:00Z' }, { ...BODY, states: [] }, { ...BODY, states: ['pending'] }])(
    '400-03 for %j',
    async (body) => {
      const { ask, batches } = deliveriesUnderTest({ endpoint: sampleEndpoint() });
      expect(await readProblem(await ask('POST', REPLAY, body))).toMatchObject({
        status: 400,
        code: '400-03',
      });
      expect(batches).toEqual([]);
    },
  );

  it.each([
    { given: sampleEndpoint({ tenantId: 'tenant-2' }), want: 'another tenant' },
    { given: sampleEndpoint({ appId: 'app-2' }), want: 'another app' },
  ])('404-01 for an endpoint of $want', async ({ given }) => {
    const { ask, batches } = deliveriesUnderTest({ endpoint: given });
    expect(await readProblem(await ask('POST', REPLAY, BODY))).toMatchObject({ status: 404, code: '404-01' });
    expect(batches).toEqual([]);
  });

  it('404-01 for what is no id', async () => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint() });
    const refused = await ask('POST', '/endpoints/none/replay', BODY);
    expect(await readProblem(refused)).toMatchObject({ status: 404, code: '404-01' });
  });

  it('409-01 while the endpoint is disabled', async () => {
    const { ask, batches } = deliveriesUnderTest({ endpoint: sampleEndpoint({ enabled: false }) });
    expect(await readProblem(await ask('POST', REPLAY, BODY))).toMatchObject({ status: 409, code: '409-01' });
    expect(batches).toEqual([]);
  });

  it.each([
    { given: 'no JSON', body: '{', headers: {}, want: { status: 400, code: '400-01' } },
    {
      given: 'another type',
      body: '{}',
      headers: { 'content-type': 'text/plain' },
      want: { status: 415, code: '415-01' },
    },
    { given: 'too much', body: ' '.repeat(65_537), headers: {}, want: { status: 413, code: '413-01' } },
  ])('$want.code for $given', async ({ body, headers, want }) => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint() });
    expect(await readProblem(await ask('POST', REPLAY, body, headers))).toMatchObject(want);
  });

  it('401-01 with a wrong secret', async () => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint() });
    const refused = await ask('POST', REPLAY, BODY, { 'asapp-api-secret': 'wrong' });
    expect(await readProblem(refused)).toMatchObject({ status: 401, code: '401-01' });
  });

  it('403-01 without the scope webhooks:admin', async () => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint(), scopes: ['messages:read'] });
    expect(await readProblem(await ask('POST', REPLAY, BODY))).toMatchObject({ status: 403, code: '403-01' });
  });

  it('429-01 beyond the quota', async () => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint(), requestsPerSecond: 1 });
    await ask('POST', REPLAY, BODY);
    expect(await readProblem(await ask('POST', REPLAY, BODY))).toMatchObject({ status: 429, code: '429-01' });
  });

  it('503-01 while the store cannot answer', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot read', { retryable: true });
    const { ask } = deliveriesUnderTest({ listFails });
    expect(await readProblem(await ask('POST', REPLAY, BODY))).toMatchObject({ status: 503, code: '503-01' });
  });
});
