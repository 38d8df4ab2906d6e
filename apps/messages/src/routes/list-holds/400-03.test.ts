import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET holds 400-03', () => {
  it.each([
    { given: 'limit=0', want: '/limit must be at least 1' },
    { given: 'limit=101', want: '/limit must be at most 100' },
    { given: 'limit=many', want: '/limit must be a whole number' },
    { given: 'cursor=', want: '/cursor must not be empty' },
  ])('refuses $given', async ({ given, want }) => {
    const problem = await readProblem(await retentionUnderTest().send('GET', `retention/holds?${given}`));
    expect(problem).toEqual({ status: 400, code: '400-03', detail: want });
  });

  it('refuses a cursor that the store does not know', async () => {
    const publicMessage = '/cursor must be the nextCursor of an earlier page';
    const told = { retryable: false, publicMessage };
    const holdsFailure = new AppError('storage.cursor-invalid', 'Not ours', told);
    const { send } = retentionUnderTest({ holdsFailure });
    const problem = await readProblem(await send('GET', 'retention/holds?cursor=x'));
    expect(problem).toEqual({ status: 400, code: '400-03', detail: publicMessage });
  });
});
