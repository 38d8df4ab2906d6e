import { describe, expect, it } from 'vitest';
import { closingLine, countTests } from './test-report.ts';

const file = (status: string, ...statuses: string[]) => ({
  status,
  assertionResults: statuses.map((each) => ({ status: each })),
});

describe('countTests', () => {
  it.each([
    { given: [], want: { passed: 0, failed: 0, skipped: 0 } },
    { given: [file('passed', 'passed', 'passed')], want: { passed: 2, failed: 0, skipped: 0 } },
    {
      given: [file('failed', 'passed', 'failed'), file('passed', 'skipped', 'todo', 'pending')],
      want: { passed: 1, failed: 1, skipped: 3 },
    },
    { given: [file('failed')], want: { passed: 0, failed: 1, skipped: 0 } },
  ])('counts $want', ({ given, want }) => {
    expect(countTests(JSON.stringify({ testResults: given }))).toEqual(want);
  });

  it('refuses what is no report', () => {
    expect(() => countTests('{}')).toThrow('has no testResults');
  });
});

describe('closingLine', () => {
  it.each([
    { given: { passed: 3, failed: 0, skipped: 0 }, want: '3 passed, 0 failed' },
    { given: { passed: 3, failed: 1, skipped: 2 }, want: '3 passed, 1 failed, 2 skipped' },
  ])('says $want', ({ given, want }) => {
    expect(closingLine(given)).toBe(want);
  });
});
