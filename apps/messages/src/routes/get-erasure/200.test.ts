import type { ErasureReceipt } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { COUNTS, retentionUnderTest } from '../../testing/retention-under-test.ts';

async function erased() {
  const under = retentionUnderTest();
  const { complete: _, ...receipt } = (await (
    await under.send('DELETE', 'conversations/call')
  ).json()) as ErasureReceipt;
  const stored = under.receipts.get(receipt.id);
  if (stored === undefined) throw new Error('Cannot find the receipt of the test');
  const get = async () => (await under.send('GET', `erasures/${receipt.id}`)).json() as Promise<unknown>;
  return { ...under, receipt, stored, get };
}

describe('GET erasure 200', () => {
  it('verifies a receipt that is as it was given, in whatever order its counts are stored', async () => {
    const { receipt, stored, receipts, get } = await erased();
    expect(await get()).toEqual({ ...receipt, verified: true });
    const { messages, ...rest } = COUNTS;
    receipts.set(receipt.id, { ...stored, counts: { messages, ...rest } });
    expect(await get()).toMatchObject({ verified: true });
  });

  it.each([
    { change: { counts: { ...COUNTS, messages: 83 } } },
    { change: { erasedAtMs: 1 } },
    { change: { requestedBy: 'somebody else' } },
    { change: { subject: 'customer' as const } },
    { change: { subjectHash: Buffer.from('another') } },
    { change: { tenantId: 'tenant-2' } },
    { change: { digest: 'short' } },
  ])('does not verify one that was changed: $change', async ({ change }) => {
    const { receipt, stored, receipts, get } = await erased();
    receipts.set(receipt.id, { ...stored, ...change });
    expect(await get()).toMatchObject({ verified: false });
  });

  it('is 404 where there is none', async () => {
    expect((await retentionUnderTest().send('GET', 'erasures/none')).status).toBe(404);
  });
});
