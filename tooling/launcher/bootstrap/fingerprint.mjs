import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const WORKSPACE_FOLDERS = ['apps', 'packages', 'tooling'];
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', '.turbo', 'coverage']);

/**
 * The folders of all workspace packages, relative to `root`, sorted.
 * @param {string} root
 * @returns {string[]}
 */
export function workspacePackages(root) {
  return WORKSPACE_FOLDERS.flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => join(folder, name)) : [],
  )
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}

/**
 * One text that changes when the name or the content of any of these files does; files that are not there count too.
 * @param {string} root
 * @param {readonly string[]} files relative to `root`
 * @returns {string}
 */
export function fingerprint(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(`${file}\0`);
    const path = join(root, file);
    if (existsSync(path)) hash.update(createHash('sha256').update(readFileSync(path)).digest());
  }
  return hash.digest('hex');
}

/**
 * All files below a folder that a build could read, relative to `root`, sorted; tests are left out.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
export function sourceFiles(root, folder) {
  /** @type {string[]} */
  const found = [];
  /** @param {string} directory */
  const walk = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) walk(path);
      } else if (!entry.name.endsWith('.test.ts')) {
        found.push(relative(root, path));
      }
    }
  };
  walk(join(root, folder));
  return found.sort();
}
