import { findFreePort } from '@earshot/services';
import { join } from 'node:path';
import { presentApps } from './app-processes.ts';
import type { AppName } from './front-door-routes.ts';
import { openLogFile } from './log-file.ts';
import type { Shutdown } from './shutdown.ts';
import type { StateDirectory } from './state-directory.ts';
import { supervise, type Supervised } from './supervise.ts';

/** The bound of an app's own drain, and a little for its log. */
const STOP_TIMEOUT_MS = 15_000;
/** The emulator is a tool and runs from source, so that `dev` needs no build. */
const SOURCE_FLAGS = ['--conditions=earshot-source', '--disable-warning=ExperimentalWarning'];

export interface AppsContext {
  checkout: string;
  state: StateDirectory;
  /** The whole environment of an app. */
  env: NodeJS.ProcessEnv;
  shutdown: Shutdown;
  onReady: (name: string, elapsedMs: number) => void;
  report: (line: string) => void;
}

/** Answers the port an app listens on now; resolves when all of them are ready. */
export type StartApps = (context: AppsContext) => Promise<(app: AppName) => number | undefined>;

/** Runs the built form of every app this checkout has. */
export async function startBuiltApps(context: AppsContext): Promise<(app: AppName) => number | undefined> {
  const entries = await Promise.all(
    presentApps(context.checkout).map(async (app) => {
      const main = join(context.checkout, 'apps', app, 'dist', 'main.js');
      return [app, await startSupervised(context, app, ['--enable-source-maps', main])] as const;
    }),
  );
  const apps = new Map<AppName, Supervised>(entries);
  return (app) => apps.get(app)?.port();
}

/** Runs the local Kinesis Video Streams; resolves with its address. */
export async function startEmulator(context: AppsContext): Promise<string> {
  const main = join(context.checkout, 'tooling', 'kvs-emulator', 'src', 'main.ts');
  // A port that it keeps when it is started again, since ingest is told only once.
  const port = String(await findFreePort());
  const env = { ...context.env, HOST: '127.0.0.1', PORT: port };
  const emulator = await startSupervised({ ...context, env }, 'kvs-emulator', [...SOURCE_FLAGS, main]);
  return `http://127.0.0.1:${emulator.port() ?? 0}`;
}

async function startSupervised(
  context: AppsContext,
  name: string,
  args: readonly string[],
): Promise<Supervised> {
  const startedAt = performance.now();
  const log = await openLogFile(join(context.state.logs, `${name}.log`));
  const app = await supervise({
    name,
    command: process.execPath,
    args,
    env: context.env,
    cwd: context.checkout,
    log: (line) => log.write(line),
    report: (line) => context.report(line),
  });
  context.shutdown.add({
    name,
    timeoutMs: STOP_TIMEOUT_MS,
    kill: () => app.kill(),
    stop: async () => {
      await app.stop();
      await log.close();
    },
  });
  context.onReady(name, performance.now() - startedAt);
  return app;
}
