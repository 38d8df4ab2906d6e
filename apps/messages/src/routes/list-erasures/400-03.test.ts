import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET erasures 400-03', () => {
  it.each([
    { given: 'limit=0', want: '/limit must be at least 1' },
    { given: 'limit=101', want: '/limit must be at most 100' },
    { given: 'limit=many', want: '/limit must be a whole number' },
    { given: 'cursor=', want: '/cursor must not be empty' },
    { given: 'from=yesterday', want: '/from must be a day such as 2026-11-22' },
    { given: 'to=2026-11-22T00:00:00Z', want: '/to must be a day such as 2026-11-22' },
    { given: 'from=2026-13-01', want: '/from must be a day of the calendar' },
    { given: 'to=2026-02-29', want: '/to must be a day of the calendar' },
    { given: 'from=2026-11-24&to=2026-11-23', want: '/from must not be after 2026-11-23' },
  ])('refuses $given', async ({ given, want }) => {
    const { send, askedStretches } = retentionUnderTest();
    const problem = await readProblem(await send('GET', `erasures?${given}`));
    expect(problem).toEqual({ status: 400, code: '400-03', detail: want });
    expect(askedStretches).toEqual([]);
  });

  it('refuses a cursor that the store does not know', async () => {
    const publicMessage = '/cursor must be the nextCursor of an earlier page';
    const told = { retryable: false, publicMessage };
    const erasuresFailure = new AppError('storage.cursor-invalid', 'Not ours', told);
    const { send } = retentionUnderTest({ erasuresFailure });
    const problem = await readProblem(await send('GET', 'erasures?cursor=x'));
    expect(problem).toEqual({ status: 400, code: '400-03', detail: publicMessage });
  });
});
