import { stat } from 'node:fs/promises';
import { welcome, whatNext } from '../lib/banner.ts';
import type { CommandContext } from '../lib/command-context.ts';
import { playCall, resolveCallFiles, sampleCall } from '../lib/demo.ts';
import { createShutdown, type Shutdown } from '../lib/shutdown.ts';
import { parseStartOptions, type CallFiles, type StartOptions } from '../lib/start-options.ts';
import { writePrivateFile } from '../lib/state-directory.ts';
import { startSystem, type System, type SystemOptions } from '../lib/system.ts';
import { handleSignals } from '../lib/signals.ts';

/** What a shell reports for a program ended by Ctrl-C: the call was not played to its end. */
const INTERRUPTED_EXIT_CODE = 130;

/** `npm start`: the whole system, a call played into it, and an ordered end. Resolves with the exit code. */
export async function start(context: CommandContext): Promise<number> {
  const options = parseStartOptions(context.args, context.env);
  const call = options.call && resolveCallFiles(options.call, context.callerDirectory);
  const exitCode = await runSystem(context, {}, async (system, shutdown) => {
    const wanted = await callToPlay(options, call, system, context.checkout);
    if (wanted) {
      const env = { ...context.env, EARSHOT_BASE_URL: system.baseUrl };
      const outcome = await playCall({ checkout: context.checkout, call: wanted, env, shutdown });
      if (options.once) return outcome;
      if (!shutdown.isRequested()) await writePrivateFile(system.state.demoMarker, '');
    }
    if (!shutdown.isRequested()) context.out(whatNext(system));
    return 'stay';
  });
  return exitCode === 'interrupted' ? (options.once ? INTERRUPTED_EXIT_CODE : 0) : exitCode;
}

async function callToPlay(
  options: StartOptions,
  given: CallFiles | undefined,
  system: System,
  checkout: string,
): Promise<CallFiles | undefined> {
  if (given) return given;
  const sample = sampleCall(checkout);
  if (options.once) return sample;
  if (!options.demo) return undefined;
  const playedBefore = await stat(system.state.demoMarker).catch(() => undefined);
  return playedBefore ? undefined : sample;
}

/**
 * Starts the system, lets `act` use it, and stops everything: when `act` answers an exit code, when a signal comes,
 * or when a part that cannot be missed ends. Resolves with the exit code.
 */
export async function runSystem(
  context: CommandContext,
  overrides: Partial<SystemOptions>,
  act: (system: System, shutdown: Shutdown) => Promise<number | 'stay'>,
): Promise<number | 'interrupted'> {
  const report = (line: string): void => context.err(`  ! ${line}\n`);
  const shutdown = createShutdown(report);
  const signals = handleSignals(shutdown, context.err);
  const startedAt = performance.now();
  const { port } = parseStartOptions(context.args, context.env);
  let isUp = false;
  try {
    const ready = startSystem({
      checkout: context.checkout,
      port,
      env: context.env,
      shutdown,
      report,
      onReady: (name, elapsedMs) =>
        context.err(`  ✓ ${name.padEnd(40)} ${(elapsedMs / 1000).toFixed(1)} s\n`),
      ...overrides,
    });
    const system = await Promise.race([ready, shutdown.requested.then(() => undefined)]);
    // A start that was interrupted is let finish, so that all it started is known and stopped.
    if (!system) {
      await ready.catch(() => undefined);
      return signals.received() ? 'interrupted' : 1;
    }
    isUp = true;
    context.err(`  ✓ ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
    context.out(welcome(system, '.earshot/'));
    const outcome = await Promise.race([
      act(system, shutdown),
      shutdown.requested.then(() => 'ended' as const),
    ]);
    if (typeof outcome === 'number') return outcome;
    const reason = await shutdown.requested;
    if (!signals.received()) context.err(`  ! ${reason}\n`);
    return signals.received() ? 'interrupted' : 1;
  } finally {
    if (shutdown.isRequested() || isUp) context.err('  … stopping\n');
    await shutdown.run();
    signals.dispose();
    if (shutdown.isRequested() || isUp) context.err('  ✓ everything is stopped\n');
  }
}
