import { describe, expect, it } from 'vitest';
import { lanesQueue } from './lanes-queue.ts';

describe('lanesQueue', () => {
  it('reads a job back as it went in', () => {
    const job = { tenantId: 't-1', endpointId: 'e-1', conversationId: 'c-1' };
    expect(lanesQueue.parse(job)).toEqual(job);
  });

  it('never makes a delayed job: a failed lane is not tried again by the queue', () => {
    expect(lanesQueue.attemptsMax).toBe(1);
  });
});
