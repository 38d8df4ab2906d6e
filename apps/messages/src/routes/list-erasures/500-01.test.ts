import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET erasures 500-01', () => {
  it('answers an unexpected failure without a word about it', async () => {
    const { send } = retentionUnderTest({
      erasuresFailure: new Error('relation "erasure_receipts" is broken'),
    });
    const problem = await readProblem(await send('GET', 'erasures'));
    expect(problem).toEqual({ status: 500, code: '500-01', detail: 'Internal server error' });
  });
});
