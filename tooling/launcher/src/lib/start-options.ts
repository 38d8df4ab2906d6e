import { parseArgs } from 'node:util';
import { LauncherError } from './launcher-error.ts';

const PORT_DEFAULT = 8080;
const HELP_REMEDY = 'npm start -- --help tells the options.';

export interface CallFiles {
  customer: string;
  agent: string;
}

export interface StartOptions {
  /** Play one call, stop everything, and end with the outcome. */
  once: boolean;
  /** Play the sample call after the first start. */
  demo: boolean;
  /** Files to play instead of the sample call; given, they are played at every start. */
  call: CallFiles | undefined;
  port: number;
}

/** Reads the arguments of `start` and `dev`. Throws `LauncherError` for what does not fit. */
export function parseStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { once, 'no-demo': noDemo, customer, agent, port } = readArguments(args);
  if (once && noDemo) throw new LauncherError('Cannot combine --once with --no-demo', HELP_REMEDY);
  if ((customer === undefined) !== (agent === undefined)) {
    throw new LauncherError(
      `Cannot play one side alone: --${customer === undefined ? 'customer' : 'agent'} is missing`,
      'Give a WAV file for each side: --customer A.wav --agent B.wav',
    );
  }
  return {
    once,
    demo: !noDemo,
    call: customer === undefined || agent === undefined ? undefined : { customer, agent },
    port: parsePort(port, env['EARSHOT_PORT']),
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        customer: { type: 'string' },
        agent: { type: 'string' },
        port: { type: 'string' },
      },
    }).values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split('. ', 1).join('') : String(cause);
    throw new LauncherError(message, HELP_REMEDY, cause);
  }
}

function parsePort(option: string | undefined, variable: string | undefined): number {
  const text = option ?? variable ?? '';
  if (text === '') return PORT_DEFAULT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  const name = option === undefined ? 'EARSHOT_PORT' : '--port';
  throw new LauncherError(`Cannot use ${name} "${text}": it is not a number from 1 to 65535`, HELP_REMEDY);
}
