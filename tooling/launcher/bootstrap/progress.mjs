/** A step slower than this says that it has begun, so that nobody waits before a silent screen. */
const ANNOUNCE_AFTER_MS = 1_500;
const NAME_COLUMNS = 40;

/**
 * Prints one line for each step of setting up, on standard error: standard output belongs to the command.
 * @param {{ write: (text: string) => void, now?: () => number }} deps
 */
export function createProgress({ write, now = () => performance.now() }) {
  return {
    /**
     * Runs `action`; a step that answers `unchanged` prints nothing.
     * @param {string} name
     * @param {() => Promise<'done' | 'unchanged'>} action
     * @returns {Promise<void>}
     */
    async step(name, action) {
      const startedAt = now();
      const timer = setTimeout(() => write(`  … ${name}\n`), ANNOUNCE_AFTER_MS);
      try {
        const outcome = await action();
        if (outcome === 'done')
          write(`  ✓ ${name.padEnd(NAME_COLUMNS)} ${formatSeconds(now() - startedAt)}\n`);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createProgress>} Progress */

/**
 * @param {number} durationMs
 * @returns {string}
 */
function formatSeconds(durationMs) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
