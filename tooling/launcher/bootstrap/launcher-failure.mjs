/** What the user is told when the machine cannot be set up: what failed, the last output, and what to do. */
export class LauncherFailure extends Error {
  /**
   * @param {string} message
   * @param {{ remedy: string, output?: readonly string[], cause?: unknown }} details
   */
  constructor(message, details) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'LauncherFailure';
    this.remedy = details.remedy;
    this.output = details.output ?? [];
  }
}

/**
 * @param {LauncherFailure} failure
 * @returns {string}
 */
export function formatFailure(failure) {
  const output = failure.output.map((line) => `    ${line}\n`).join('');
  return `\n${output}${output ? '\n' : ''}✗ ${failure.message}\n  ${failure.remedy}\n`;
}
