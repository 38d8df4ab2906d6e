/** What a user can mend; `remedy` says how. Shown without a stack. */
export class LauncherError extends Error {
  override readonly name = 'LauncherError';
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.remedy = remedy;
  }
}
