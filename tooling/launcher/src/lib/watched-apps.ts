import { runProcess } from '@earshot/services';
import { presentApps } from './app-processes.ts';
import type { AppsContext } from './built-apps.ts';
import type { AppName } from './front-door-routes.ts';
import { readyPortIn } from './ready-line.ts';

/** How turbo marks the lines of one app's `dev` script. */
const TASK_LINE = /^@earshot\/([a-z-]+):dev: (.*)$/;
const READY_TIMEOUT_MS = 180_000;

/**
 * Runs `turbo run dev` over all apps and reads their ready lines out of its output; an app that restarts says its
 * new port the same way.
 */
export async function startWatchedApps(
  context: AppsContext,
  options: { turbo: string; out: (text: string) => void },
): Promise<(app: AppName) => number | undefined> {
  const startedAt = performance.now();
  const wanted = presentApps(context.checkout);
  const ports = new Map<string, number>();
  const running = await runProcess({
    name: 'the apps in watch mode',
    command: options.turbo,
    args: ['run', 'dev', '--filter=./apps/*', '--log-prefix=task', '--ui=stream', '--concurrency=20'],
    env: context.env,
    cwd: context.checkout,
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopSteps: [{ signal: 'SIGTERM', waitMs: 12_000 }],
    log: (line) => options.out(`${line}\n`),
    isReady: (line) => {
      const ready = readyAppIn(line);
      if (ready) ports.set(ready.app, ready.port);
      return wanted.every((app) => ports.has(app));
    },
  });
  let stopping = false;
  context.shutdown.add({
    name: 'the apps in watch mode',
    timeoutMs: 20_000,
    kill: () => running.kill(),
    stop: async () => {
      stopping = true;
      await running.stop();
    },
  });
  void running.exited.then(() => {
    if (!stopping) context.shutdown.request('turbo ended by itself');
  });
  context.onReady('Apps in watch mode', performance.now() - startedAt);
  return (app) => ports.get(app);
}

/** The app and port in a line such as `@earshot/gateway:dev: {"ready":true,"port":4711}`. */
export function readyAppIn(line: string): { app: string; port: number } | undefined {
  const [, app, text = ''] = TASK_LINE.exec(line) ?? [];
  const port = readyPortIn(text);
  return app === undefined || port === undefined ? undefined : { app, port };
}
