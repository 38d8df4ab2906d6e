import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandContext } from '../lib/command-context.ts';
import { runInForeground } from '../lib/run-in-foreground.ts';
import { readTextIfThere } from '../lib/state-directory.ts';
import { closingLine, countTests } from '../lib/test-report.ts';

/**
 * `npm test`: one vitest run for the whole repository. The last line tells the counts; the exit code is not 0 when
 * a test failed, vitest met another fault, or no test ran.
 */
export async function test({ checkout, args, env, out, err }: CommandContext): Promise<number> {
  const report = join(checkout, '.cache', 'test-report.json');
  await mkdir(join(checkout, '.cache'), { recursive: true });
  await rm(report, { force: true });
  const vitest = join(checkout, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const exitCode = await runInForeground(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: checkout,
    env,
  });
  const text = await readTextIfThere(report);
  if (text === undefined) {
    err(`  ✗ vitest wrote no report (exit code ${exitCode})\n`);
    out('0 passed, 1 failed\n');
    return 1;
  }
  const counts = countTests(text);
  if (exitCode !== 0 && counts.failed === 0) err('  ✗ vitest met a fault outside the tests; see above\n');
  if (counts.passed + counts.failed === 0) err('  ✗ no test ran\n');
  out(`${closingLine(counts)}\n`);
  return exitCode === 0 && counts.passed > 0 && counts.failed === 0 ? 0 : exitCode || 1;
}
