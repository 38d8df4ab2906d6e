import { isCodedError } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';

/** An app that listens. */
export interface RunningApp {
  readonly port: number;
  readonly logger: Logger;
  /** A drain that takes longer than this is cut: whoever stopped us would kill us next. Default 15 000 ms. */
  readonly drainMsMax?: number;
  /** Finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

const DRAIN_MS_MAX = 15_000;

/**
 * Runs an app as a process: says on standard output, in one JSON line, where it listens; drains on SIGTERM and SIGINT;
 * ends with 1 and one line on standard error when it cannot start or drain.
 */
export async function runApp(name: string, start: () => Promise<RunningApp>): Promise<void> {
  const fail = (error: unknown): void => {
    process.stderr.write(`${describeFailure(name, error)}\n`);
    process.exit(1);
  };
  try {
    const app = await start();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void drain(app, signal).catch(fail));
    }
    process.stdout.write(`${JSON.stringify({ ready: true, port: app.port })}\n`);
  } catch (error) {
    fail(error);
  }
}

async function drain(app: RunningApp, signal: string): Promise<void> {
  app.logger.info('app.draining', { signal });
  setTimeout(() => process.exit(1), app.drainMsMax ?? DRAIN_MS_MAX).unref();
  await app.close();
  app.logger.info('app.stopped');
}

/** Text of foreign errors may hold connection strings, so only their code is shown. */
function describeFailure(name: string, error: unknown): string {
  if (isCodedError(error)) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `Cannot run ${name}: ${code}`;
}
