import type { ErasureReceipt } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { COUNTS, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('DELETE conversation 200', () => {
  it('answers a receipt that does not name the conversation', async () => {
    const { send } = retentionUnderTest();
    const response = await send('DELETE', 'conversations/call');
    expect(response.status).toBe(200);
    const receipt = (await response.json()) as ErasureReceipt;
    expect(receipt).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      subject: 'conversation',
      at: '2026-11-23T12:00:00.000Z',
      requestedBy: 'test-key',
      counts: COUNTS,
      digest: expect.stringMatching(/^[\w-]{43}$/) as string,
      complete: true,
    });
  });
});
