import { readFileSync } from 'node:fs';

/**
 * @typedef {{ name: string, version: string, integrity: string }} PinnedPackage
 * @typedef {{
 *   node: { oldestAccepted: string, platforms: Record<string, PinnedPackage> },
 *   pnpm: { platforms: Record<string, PinnedPackage>, otherwise: PinnedPackage },
 * }} ToolchainLock
 */

/** @returns {ToolchainLock} */
export function readToolchainLock() {
  return JSON.parse(readFileSync(new URL('./toolchain.lock.json', import.meta.url), 'utf8'));
}

/**
 * True when `version` (`22.18.0`, with or without `v`) is not older than `oldest`.
 * @param {string} version
 * @param {string} oldest
 */
export function isNewEnough(version, oldest) {
  const [major = 0, minor = 0, patch = 0] = numbersIn(version);
  const [oldMajor = 0, oldMinor = 0, oldPatch = 0] = numbersIn(oldest);
  if (major !== oldMajor) return major > oldMajor;
  if (minor !== oldMinor) return minor > oldMinor;
  return patch >= oldPatch;
}

/**
 * The package that holds Node for a platform such as `linux-x64`; `undefined` when npm has none.
 * @param {ToolchainLock} lock
 * @param {string} platform
 */
export function nodePackageFor(lock, platform) {
  return lock.node.platforms[platform];
}

/**
 * The package that holds pnpm. Where the bare program is not pinned, the wrapper package chooses it.
 * @param {ToolchainLock} lock
 * @param {string} platform
 */
export function pnpmPackageFor(lock, platform) {
  return lock.pnpm.platforms[platform] ?? lock.pnpm.otherwise;
}

/** @param {string} version */
function numbersIn(version) {
  return version.replace(/^v/, '').split('-', 1).join('').split('.').map(Number);
}
