import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { CommandContext } from '../lib/command-context.ts';
import { checkHouseRules } from '../lib/house-rules.ts';
import { test } from './test.ts';

const CHECK_TIMEOUT_MS = 5 * 60_000;
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;
const SHOWN_LINES_MAX = 60;
/** The checks use one core or two each. */
const AT_ONCE_MAX = 2;

interface Check {
  name: string;
  /** Resolves with what is wrong; empty = nothing. */
  run: () => Promise<string>;
}

/** `npm run verify`: every check that needs no service; all of them run, whatever fails. */
export async function verify(context: CommandContext): Promise<number> {
  const checks = checksFor(context);
  const failures: string[] = [];
  const startedAt = performance.now();
  const work = checks.values();
  const worker = async (): Promise<void> => {
    for (const check of work) {
      const checkStartedAt = performance.now();
      const fault = (await check.run()).trim();
      const seconds = ((performance.now() - checkStartedAt) / 1000).toFixed(1);
      context.err(`  ${fault === '' ? '✓' : '✗'} ${check.name.padEnd(40)} ${seconds} s\n`);
      if (fault !== '') failures.push(`\n✗ ${check.name}\n${shorten(fault)}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE_MAX }, worker));
  context.err(failures.join(''));
  const outcome =
    failures.length === 0 ? 'all checks passed' : `${failures.length} of ${checks.length} checks failed`;
  context.out(`${outcome} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return failures.length === 0 ? 0 : 1;
}

/** How much the suites that work by chance do here; `npm test` runs fewer of each. */
const THOROUGH = { EARSHOT_CHAOS_RUNS: '200', EARSHOT_KILL_MOMENTS: '50' };

/** `npm run verify:all`: the checks, then the tests at length; the tests run even when a check failed. */
export async function verifyAll(context: CommandContext): Promise<number> {
  const checked = await verify(context);
  const tested = await test({ ...context, env: { ...THOROUGH, ...context.env } });
  return checked || tested;
}

function checksFor({ checkout, env }: CommandContext): Check[] {
  const tool = (name: string): string => join(checkout, 'node_modules', '.bin', name);
  const program = (command: string, args: string[]) => (): Promise<string> =>
    faultOf(command, args, { cwd: checkout, env });
  const cached = ['--cache', '--cache-location', join(checkout, '.cache', 'prettier')];
  const generator = join(checkout, 'tooling', 'generate-api', 'src', 'main.ts');
  return [
    {
      name: 'Types',
      run: program(tool('turbo'), ['run', 'typecheck', '--output-logs=errors-only', '--continue']),
    },
    { name: 'Format', run: program(tool('prettier'), ['--check', '--log-level=warn', ...cached, '.']) },
    { name: 'Lint', run: program(tool('oxlint'), ['--type-aware']) },
    { name: 'Boundaries', run: program(tool('turbo'), ['boundaries', '--no-color']) },
    { name: 'Generated files', run: program(process.execPath, [...process.execArgv, generator, '--check']) },
    { name: 'House rules', run: async () => (await checkHouseRules(checkout)).join('\n') },
  ];
}

function faultOf(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve) => {
    const limits = { timeout: CHECK_TIMEOUT_MS, maxBuffer: OUTPUT_BYTES_MAX };
    execFile(command, args, { ...options, ...limits }, (error, stdout, stderr) => {
      resolve(error === null ? '' : `${stdout}${stderr}`.trim() || error.message);
    });
  });
}

function shorten(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= SHOWN_LINES_MAX) return text;
  return [...lines.slice(0, SHOWN_LINES_MAX), `… and ${lines.length - SHOWN_LINES_MAX} lines more`].join(
    '\n',
  );
}
