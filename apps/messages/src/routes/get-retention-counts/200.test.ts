import type { RetentionCounts } from '@earshot/api';
import { describe, expect, it } from 'vitest';
import { NOTHING_GONE, retentionUnderTest } from '../../testing/retention-under-test.ts';

const KEPT_NOTHING = {
  conversationsSinceMs: undefined,
  recordingsSinceMs: undefined,
  deliveriesSinceMs: undefined,
  receiptsSinceMs: undefined,
  exportsSinceDay: undefined,
  exportDayCount: 0,
  holdCount: 0,
};

async function counts(under: ReturnType<typeof retentionUnderTest>, query = ''): Promise<RetentionCounts> {
  const response = await under.send('GET', `retention/counts${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as RetentionCounts;
}

describe('GET retention counts 200', () => {
  it('answers the last thirty days with zeros where nothing was erased and nothing is kept', async () => {
    expect(await counts(retentionUnderTest({ kept: KEPT_NOTHING }))).toEqual({
      from: '2026-10-25',
      to: '2026-11-23',
      byAge: NOTHING_GONE,
      onRequest: NOTHING_GONE,
      days: [],
      kept: { exportDays: 0, holds: 0 },
    });
  });

  it('answers each day with its sums, and since when the rest is kept', async () => {
    const age = (messages: number) => ({ ...NOTHING_GONE, conversations: 1, messages, exportDays: 1 });
    const erased = [
      { day: '2026-11-21', byAge: age(5), onRequest: NOTHING_GONE },
      { day: '2026-11-22', byAge: age(7), onRequest: { ...NOTHING_GONE, recordings: 2, deliveries: 4 } },
    ];
    const kept = {
      conversationsSinceMs: Date.UTC(2026, 10, 16, 8),
      recordingsSinceMs: Date.UTC(2026, 10, 17),
      deliveriesSinceMs: Date.UTC(2026, 10, 18),
      receiptsSinceMs: Date.UTC(2026, 0, 2),
      exportsSinceDay: '2026-11-16',
      exportDayCount: 7,
      holdCount: 3,
    };
    const answer = await counts(retentionUnderTest({ erased, kept }));
    expect(answer.byAge).toEqual({ ...NOTHING_GONE, conversations: 2, messages: 12, exportDays: 2 });
    expect(answer.onRequest).toEqual({ ...NOTHING_GONE, recordings: 2, deliveries: 4 });
    expect(answer.days).toEqual(erased.map(({ day, ...rows }) => ({ date: day, ...rows })));
    expect(answer.kept).toEqual({
      conversationsSince: '2026-11-16T08:00:00.000Z',
      recordingsSince: '2026-11-17T00:00:00.000Z',
      deliveriesSince: '2026-11-18T00:00:00.000Z',
      receiptsSince: '2026-01-02T00:00:00.000Z',
      exportsSince: '2026-11-16',
      exportDays: 7,
      holds: 3,
    });
  });

  it.each([
    { given: '?to=2026-03-01', want: { from: '2026-01-31', to: '2026-03-01' } },
    { given: '?from=2026-11-23', want: { from: '2026-11-23', to: '2026-11-23' } },
    { given: '?from=2024-01-01&to=2024-12-31', want: { from: '2024-01-01', to: '2024-12-31' } },
  ])('looks at the days that $given names', async ({ given, want }) => {
    const under = retentionUnderTest();
    expect(await counts(under, given)).toMatchObject(want);
    expect(under.askedDays).toEqual([{ tenantId: 'tenant-1', fromDay: want.from, toDay: want.to }]);
  });
});
