export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * Counts the outcomes in vitest's JSON report. A file that could not be loaded ran none of its tests and counts as
 * one failure. Throws when the text is no such report.
 */
export function countTests(report: string): TestCounts {
  const value: unknown = JSON.parse(report);
  const files =
    typeof value === 'object' && value !== null && 'testResults' in value ? value.testResults : undefined;
  if (!Array.isArray(files)) throw new Error('Cannot count tests: the report has no testResults');
  const counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of files) {
    const statuses = statusesIn(file);
    if (statuses.length === 0 && statusOf(file) === 'failed') counts.failed += 1;
    for (const status of statuses) {
      if (status === 'passed') counts.passed += 1;
      else if (status === 'failed') counts.failed += 1;
      else counts.skipped += 1;
    }
  }
  return counts;
}

/** The plain closing line that every CI system can read. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${rest}`;
}

function statusesIn(file: unknown): (string | undefined)[] {
  if (typeof file !== 'object' || file === null || !('assertionResults' in file)) return [];
  return Array.isArray(file.assertionResults) ? file.assertionResults.map(statusOf) : [];
}

function statusOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('status' in value)) return undefined;
  return typeof value.status === 'string' ? value.status : undefined;
}
