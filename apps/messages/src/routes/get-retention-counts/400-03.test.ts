import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET retention counts 400-03', () => {
  it.each([
    { given: 'from=yesterday', want: '/from must be a day such as 2026-11-22' },
    { given: 'to=2026-11-22T00:00:00Z', want: '/to must be a day such as 2026-11-22' },
    { given: 'to=', want: '/to must be a day such as 2026-11-22' },
    { given: 'to=2026-02-29', want: '/to must be a day of the calendar' },
    { given: 'from=2026-13-01', want: '/from must be a day of the calendar' },
    { given: 'from=2026-11-24', want: '/from must not be after 2026-11-23' },
    {
      given: 'from=2025-11-22',
      want: '/from must be 2025-11-23 or later: 366 days are told at a time',
    },
  ])('refuses $given', async ({ given, want }) => {
    const { send, askedDays } = retentionUnderTest();
    const problem = await readProblem(await send('GET', `retention/counts?${given}`));
    expect(problem).toEqual({ status: 400, code: '400-03', detail: want });
    expect(askedDays).toEqual([]);
  });
});
