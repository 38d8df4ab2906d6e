import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('DELETE conversation 404-01', () => {
  it.each(['nobody', '%00', 'a'.repeat(257)])('knows no conversation %s', async (given) => {
    const { send } = retentionUnderTest();
    expect(await readProblem(await send('DELETE', `conversations/${given}`))).toEqual({
      status: 404,
      code: '404-01',
      detail: 'No conversation with this externalId',
    });
  });

  it('names the receipt of an earlier erasure, whose answer may have been lost', async () => {
    const { send, receipts } = retentionUnderTest();
    await send('DELETE', 'conversations/call');
    const [id = ''] = receipts.keys();
    expect((await readProblem(await send('DELETE', 'conversations/call'))).detail).toBe(
      `No conversation with this externalId any more: receipt ${id}`,
    );
  });
});
