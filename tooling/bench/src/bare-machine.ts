import { delimiter, join } from 'node:path';

/** Set by the npm or pnpm that runs the benchmark; meant for that run alone. */
const OF_THIS_RUN =
  /^(npm_(command|execpath|node_execpath|package_|lifecycle_|config_(local_prefix|prefix|user_agent))|INIT_CWD$|PNPM_)/i;
/** What would spare the new clone work or change what it runs. */
const SETTINGS = /^(EARSHOT_|DATABASE_URL$|REDIS_URL$|TURBO_)/;

/**
 * The environment of somebody who has never run Earshot: caches of npm and pnpm empty below `folder`, and no
 * program out of `checkout` on PATH. Registry, proxy and certificates stay as they are.
 */
export function bareEnvironment(
  env: Readonly<NodeJS.ProcessEnv>,
  { checkout, folder }: { readonly checkout: string; readonly folder: string },
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !OF_THIS_RUN.test(name) && !SETTINGS.test(name));
  const path = (env['PATH'] ?? '').split(delimiter).filter((entry) => !entry.startsWith(checkout));
  return {
    ...Object.fromEntries(kept),
    PATH: path.join(delimiter),
    npm_config_cache: join(folder, 'npm'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_STATE_HOME: join(folder, 'state'),
  };
}
