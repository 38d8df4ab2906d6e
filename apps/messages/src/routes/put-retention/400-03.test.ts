import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

const WHOLE = { messagesDays: 7, deliveriesDays: 7, auditDays: 365 };

describe('PUT retention 400-03', () => {
  it.each<{ given: unknown; want: string }>([
    { given: { ...WHOLE, messagesDays: 0 }, want: '/messagesDays must be at least 1' },
    { given: { ...WHOLE, deliveriesDays: 3651 }, want: '/deliveriesDays must be at most 3650' },
    { given: { ...WHOLE, auditDays: 1.5 }, want: '/auditDays must be a whole number' },
    { given: { ...WHOLE, exportsDays: 0 }, want: '/exportsDays must be at least 1' },
    { given: { ...WHOLE, exportsDays: null }, want: '/exportsDays must be a whole number' },
    { given: { messagesDays: 7, deliveriesDays: 7 }, want: '/auditDays is required' },
  ])('refuses $given', async ({ given, want }) => {
    const problem = await readProblem(await retentionUnderTest().send('PUT', 'retention', given));
    expect(problem).toEqual({ status: 400, code: '400-03', detail: want });
  });
});
