import { describe, expect, it } from 'vitest';
import { callSessionsQueue } from './call-sessions-queue.ts';

describe('callSessionsQueue', () => {
  it('reads a job back as it went in, without what does not belong to it', () => {
    const job = { tenantId: 't-1', sessionId: 's-1' };
    expect(callSessionsQueue.parse({ ...job, more: 1 })).toEqual(job);
  });

  for (const { given, want } of [
    { given: undefined, want: 'tenantId' },
    { given: {}, want: 'tenantId' },
    { given: { tenantId: 't-1', sessionId: 7 }, want: 'sessionId' },
    { given: { tenantId: 't-1', sessionId: '' }, want: 'sessionId' },
  ]) {
    it(`refuses ${JSON.stringify(given)} and names ${want}`, () => {
      expect(() => callSessionsQueue.parse(given)).toThrow(
        expect.objectContaining({
          code: 'queues.payload-invalid',
          retryable: false,
          message: `Cannot read job payload: field ${want} is not a string`,
        }),
      );
    });
  }

  it('tells sessions and tenants apart by id', () => {
    const id = (tenantId: string, sessionId: string) =>
      callSessionsQueue.deduplicationId({ tenantId, sessionId });
    expect(new Set([id('t-1', 's-1'), id('t-1', 's-2'), id('t-2', 's-1'), id('t-1', 's-1')]).size).toBe(3);
  });
});
