import { accept, answer, startHostileReceiver } from '@earshot/hostile-receivers';
import { AppError } from '@earshot/domain';
import { SAMPLE_ENDPOINT_ID, sampleEndpoint } from '@earshot/storage/testing';
import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, readProblem } from '../../testing/deliveries-under-test.ts';

const TEST = `/endpoints/${SAMPLE_ENDPOINT_ID}/test`;

describe('POST test', () => {
  it.each([
    { given: accept, want: { delivered: true, stage: 'response', status: 204 } },
    { given: answer(503), want: { delivered: false, stage: 'response', status: 503 } },
  ])('200 says what became of it: $want', async ({ given, want }) => {
    const target = await startHostileReceiver({ behave: given });
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint({ url: target.url, enabled: false }) });
    const response = await ask('POST', TEST);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ...want, durationMs: expect.any(Number) });
    await target.close();
  });

  it.each([
    { given: sampleEndpoint({ tenantId: 'tenant-2' }), want: 'another tenant' },
    { given: sampleEndpoint({ appId: 'app-2' }), want: 'another app' },
  ])('404-01 for an endpoint of $want', async ({ given }) => {
    const { ask } = deliveriesUnderTest({ endpoint: given });
    expect(await readProblem(await ask('POST', TEST))).toMatchObject({ status: 404, code: '404-01' });
  });

  it('401-01 with a wrong secret', async () => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint() });
    const refused = await ask('POST', TEST, undefined, { 'asapp-api-secret': 'wrong' });
    expect(await readProblem(refused)).toMatchObject({ status: 401, code: '401-01' });
  });

  it('403-01 without the scope webhooks:admin', async () => {
    const { ask } = deliveriesUnderTest({ endpoint: sampleEndpoint(), scopes: ['messages:read'] });
    expect(await readProblem(await ask('POST', TEST))).toMatchObject({ status: 403, code: '403-01' });
  });

  it('429-01 beyond the quota', async () => {
    const { ask } = deliveriesUnderTest({ requestsPerSecond: 1 });
    await ask('POST', TEST);
    expect(await readProblem(await ask('POST', TEST))).toMatchObject({ status: 429, code: '429-01' });
  });

  it('503-01 while the store cannot answer', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot read', { retryable: true });
    const { ask } = deliveriesUnderTest({ listFails });
    expect(await readProblem(await ask('POST', TEST))).toMatchObject({ status: 503, code: '503-01' });
  });
});
