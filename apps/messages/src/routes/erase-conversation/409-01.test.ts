import type { EraseOutcome } from '@earshot/storage';
import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

const CASES: readonly { given: Exclude<EraseOutcome, { type: 'erased' }>; want: RegExp }[] = [
  { given: { type: 'live' }, want: /POST \/mg-autotranscribe\/v1\/stop-streaming/ },
  {
    given: { type: 'held', placedAtMs: Date.UTC(2026, 0, 2) },
    want: /since 2026-01-02T00:00:00.000Z: lift it with DELETE .*\/hold/,
  },
];

describe('DELETE conversation and customer 409-01', () => {
  it.each(CASES)('tells what to do when it is $given.type', async ({ given, want }) => {
    const { send, receipts } = retentionUnderTest({ obstacle: given });
    for (const path of ['conversations/call', 'customers/caller']) {
      const problem = await readProblem(await send('DELETE', path));
      expect(problem).toMatchObject({ status: 409, code: '409-01' });
      expect(problem.detail).toMatch(want);
    }
    expect(receipts.size).toBe(0);
  });
});
