// The door of the repository: sets the machine up (Node, pnpm, dependencies, build), then hands over to src/main.ts.
// Plain JavaScript without dependencies, since nothing but Node 18 and npm can be counted on here.
import { dirname, join, delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './bootstrap/build.mjs';
import { parseCommandLine } from './bootstrap/commands.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { formatFailure, LauncherFailure } from './bootstrap/launcher-failure.mjs';
import { ensureNode, runInForeground } from './bootstrap/node-runtime.mjs';
import { withoutNpmSettings } from './bootstrap/npm-environment.mjs';
import { ensurePnpm } from './bootstrap/package-manager.mjs';
import { createProgress } from './bootstrap/progress.mjs';
import { readToolchainLock } from './bootstrap/toolchain.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parsed = parseCommandLine(process.argv.slice(2));

if (parsed.kind === 'print') {
  (parsed.exitCode === 0 ? process.stdout : process.stderr).write(parsed.text);
  process.exitCode = parsed.exitCode;
} else {
  try {
    process.exitCode = await run(parsed.name, parsed.command.build, parsed.args);
  } catch (error) {
    if (!(error instanceof LauncherFailure)) throw error;
    process.stderr.write(formatFailure(error));
    process.exitCode = 1;
  }
}

/**
 * @param {string} name
 * @param {boolean} needsBuild
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
async function run(name, needsBuild, args) {
  const lock = readToolchainLock();
  const progress = createProgress({ write: (text) => process.stderr.write(text) });
  const node = await ensureNode({ root, env: process.env, lock, progress });
  const pnpmBin = await ensurePnpm({ root, env: process.env, lock, progress });
  const env = {
    ...withoutNpmSettings(process.env),
    PATH: [dirname(node), pnpmBin, process.env['PATH'] ?? ''].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    // npm and pnpm say where they were called; file names in arguments are meant from there.
    INIT_CWD: process.env['INIT_CWD'] ?? process.cwd(),
  };
  await ensureDependencies({ root, env, progress });
  if (needsBuild) await ensureBuild({ root, env, progress });
  const entry = join(root, 'tooling', 'launcher', 'src', 'main.ts');
  const flags = ['--conditions=earshot-source', '--disable-warning=ExperimentalWarning'];
  return runInForeground(node, [...flags, entry, name, ...args], { cwd: root, env });
}
