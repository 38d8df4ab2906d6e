import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET retention counts 500-01', () => {
  it('answers an unexpected failure without a word about it', async () => {
    const { send } = retentionUnderTest({
      countsFailure: new Error('relation "erased_counts" is broken'),
    });
    const problem = await readProblem(await send('GET', 'retention/counts'));
    expect(problem).toEqual({ status: 500, code: '500-01', detail: 'Internal server error' });
  });
});
