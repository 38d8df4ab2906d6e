import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { deliveriesUnderTest, detail, readProblem } from '../../testing/deliveries-under-test.ts';

const ONE = '/deliveries/1042';

describe('GET delivery', () => {
  it('200 shows the delivery with its attempts', async () => {
    const attemptList = [
      {
        attempt: 1,
        attemptedAtMs: Date.UTC(2026, 10, 23, 12),
        durationMs: 83,
        status: 503,
        errorCode: 'webhook.status',
        detail: 'Cannot deliver message: the target answered 503',
        responsePreview: 'no healthy upstream',
      },
      {
        attempt: 2,
        attemptedAtMs: Date.UTC(2026, 10, 23, 12, 1),
        durationMs: 5000,
        status: undefined,
        errorCode: undefined,
        detail: undefined,
        responsePreview: undefined,
      },
    ];
    const nextAttemptAtMs = Date.UTC(2026, 10, 23, 13);
    const given = detail({ state: 'pending', deliveredAtMs: undefined, attemptList, nextAttemptAtMs });
    const response = await deliveriesUnderTest({ detail: given }).ask('GET', ONE);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: '1042',
      endpointId: given.endpointId,
      guid: given.guid,
      messageId: given.messageId,
      sequence: 2,
      state: 'pending',
      attempts: 1,
      lastStatus: 200,
      createdAt: '2026-11-23T12:00:00.000Z',
      nextAttemptAt: '2026-11-23T13:00:00.000Z',
      attemptList: [
        {
          attempt: 1,
          attemptedAt: '2026-11-23T12:00:00.000Z',
          durationMs: 83,
          status: 503,
          errorCode: 'webhook.status',
          detail: 'Cannot deliver message: the target answered 503',
          responsePreview: 'no healthy upstream',
        },
        { attempt: 2, attemptedAt: '2026-11-23T12:01:00.000Z', durationMs: 5000 },
      ],
    });
  });

  it('404-01 when there is none for this tenant', async () => {
    const { ask } = deliveriesUnderTest({ detail: detail() });
    expect(await readProblem(await ask('GET', '/deliveries/7'))).toMatchObject({
      status: 404,
      code: '404-01',
    });
  });

  it('401-01 with a wrong secret', async () => {
    const { ask } = deliveriesUnderTest({ detail: detail() });
    const refused = await ask('GET', ONE, undefined, { 'asapp-api-secret': 'wrong' });
    expect(await readProblem(refused)).toMatchObject({ status: 401, code: '401-01' });
  });

  it('403-01 without the scope webhooks:admin', async () => {
    const { ask } = deliveriesUnderTest({ detail: detail(), scopes: ['messages:read'] });
    expect(await readProblem(await ask('GET', ONE))).toMatchObject({ status: 403, code: '403-01' });
  });

  it('429-01 beyond the quota', async () => {
    const { ask } = deliveriesUnderTest({ detail: detail(), requestsPerSecond: 1 });
    await ask('GET', ONE);
    expect(await readProblem(await ask('GET', ONE))).toMatchObject({ status: 429, code: '429-01' });
  });

  it('503-01 while the store cannot answer', async () => {
    const listFails = new AppError('storage.unavailable', 'Cannot read', { retryable: true });
    const { ask } = deliveriesUnderTest({ listFails });
    expect(await readProblem(await ask('GET', ONE))).toMatchObject({ status: 503, code: '503-01' });
  });
});
