const OWN_TO_ONE_RUN =
  /^npm_(command|execpath|node_execpath|package_|lifecycle_|config_(local_prefix|prefix|loglevel|user_agent))/i;

/**
 * Under `npm start` npm hands its settings on as variables. Taken over, they would point the npm and pnpm inside at
 * our root folder; a registry, a proxy or a certificate that the user set is kept.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutNpmSettings(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !OWN_TO_ONE_RUN.test(name)));
}
