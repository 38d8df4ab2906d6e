/**
 * What the launcher can do. `build` says whether the packages must be built first.
 * @typedef {{ usage: string, summary: string, build: boolean, help?: string }} Command
 */

const START_OPTIONS = `Options
  --no-demo            do not play the sample call after the first start
  --once               play the call, print everything, stop everything; exit code 0 only if both speakers'
                       transcripts arrived and agree with what the messages API returns
  --customer FILE      8 kHz 16-bit mono WAV to play as the customer instead of the sample call
  --agent FILE         the same for the agent; both go together
  --port NUMBER        where the API listens (default: EARSHOT_PORT, else 8080)

Environment
  EARSHOT_PORT         as --port; lets two checkouts run side by side
  DATABASE_URL         a PostgreSQL of your own instead of the private one
  REDIS_URL            a Redis of your own; without it a private redis-server is used when there is one on PATH,
                       else the queues live in PostgreSQL
  EARSHOT_MASTER_KEY_FILE   the key that seals secrets (default: .earshot/master.key, made at the first start)
  LOG_LEVEL            of the apps (default: info); their logs are in .earshot/logs

State lives in .earshot/. To begin anew, stop Earshot and remove that folder.`;

const TEST_OPTIONS = `Everything after -- goes to vitest: npm test -- packages/matroska -t "resync"

Environment
  EARSHOT_TEST_DATABASE_URL   a PostgreSQL to use; its user must be allowed to create databases
  EARSHOT_TEST_REDIS_URL      a Redis to use
  EARSHOT_CHAOS_RUNS          calls with random faults (default 40; verify:all 200), from EARSHOT_CHAOS_SEED on
  EARSHOT_KILL_MOMENTS        moments at which ingest is killed (default 10; verify:all 50), by EARSHOT_KILL_SEED

The last line is plain: N passed, N failed, N skipped. The report is .cache/test-report.json.`;

/** @type {Record<string, Command>} */
export const COMMANDS = {
  start: {
    usage: 'npm start [-- OPTIONS]',
    summary: 'run the whole system and play a call into it',
    build: true,
    help: START_OPTIONS,
  },
  test: {
    usage: 'npm test [-- VITEST ARGUMENTS]',
    summary: 'build and run all tests',
    build: true,
    help: TEST_OPTIONS,
  },
  dev: {
    usage: 'npm run dev',
    summary: 'like start, with every app restarting when its source changes',
    build: false,
    help: 'Takes the options --port and the environment of start; the apps run from source in watch mode.',
  },
  bench: {
    usage: 'npm run bench -- NAME [OPTIONS]',
    summary: 'run a benchmark; prints JSON lines only',
    build: true,
    help: 'NAME is utterance, start, demux or redact; without it they are listed with their options.',
  },
  generate: {
    usage: 'npm run generate',
    summary: 'make types and validators from the OpenAPI source',
    build: false,
  },
  verify: {
    usage: 'npm run verify',
    summary: 'format, lint, types, boundaries, generated files, house rules',
    build: false,
  },
  'verify:all': { usage: 'npm run verify:all', summary: 'verify, then all tests', build: true },
};

/** @returns {string} */
export function overview() {
  const rows = Object.values(COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(34)} ${summary}`);
  return `Earshot: live transcripts of Amazon Connect calls\n\n${rows.join('\n')}\n\nnpm start -- --help tells the options of a command.\n`;
}

/**
 * @param {Command} command
 * @returns {string}
 */
function commandHelp(command) {
  return `${command.usage}\n  ${command.summary}\n${command.help ? `\n${command.help}\n` : ''}`;
}

/**
 * Reads the command line: a command with its arguments, or the text to print instead.
 * @param {readonly string[]} argv
 * @returns {{ kind: 'run', name: string, command: Command, args: string[] } | { kind: 'print', text: string, exitCode: number }}
 */
export function parseCommandLine(argv) {
  const [name = 'help', ...args] = argv;
  if (['help', '--help', '-h'].includes(name)) return { kind: 'print', text: overview(), exitCode: 0 };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    return { kind: 'print', text: `There is no command ${name}\n\n${overview()}`, exitCode: 2 };
  }
  // A name after it (a bench, a test file) may have a --help of its own.
  const asksHelp = args[0] === '--help' || args[0] === '-h' || (name === 'start' && args.includes('--help'));
  if (asksHelp) return { kind: 'print', text: commandHelp(command), exitCode: 0 };
  return { kind: 'run', name, command, args };
}
