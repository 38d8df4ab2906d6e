#!/usr/bin/env node
// Plain JavaScript for any Node: finds one that can run Earshot, and runs it.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];
const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'dist', 'main.js');

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** The Node that `npm start` fetched, in a `.cache/node` of this directory or one above it. */
function launchersNode() {
  for (let directory = here; ; directory = dirname(directory)) {
    const modules = join(directory, '.cache', 'node', 'node_modules');
    const names = existsSync(modules) ? readdirSync(modules) : [];
    for (const name of names) {
      const candidate = join(modules, name, 'bin', 'node');
      if (existsSync(candidate)) return candidate;
    }
    if (dirname(directory) === directory) return undefined;
  }
}

const node = isNewEnough(process.versions.node) ? process.execPath : launchersNode();
if (!existsSync(main) || node === undefined) {
  const what = existsSync(main) ? `Node ${NEEDED.join('.')} or newer is needed` : 'Earshot is not built yet';
  process.stderr.write(`earshot: ${what}\nRun npm start or npm test once in the checkout first\n`);
  process.exit(1);
}

const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`earshot: ${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
