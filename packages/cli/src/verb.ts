export interface Terminal {
  /** Characters to a line now. */
  readonly columns: () => number;
  /** Text and control sequences as they are. */
  readonly write: (text: string) => void;
}

/** What a verb may touch of the world. */
export interface CliIo {
  /** One line to standard output. */
  readonly out: (line: string) => void;
  /** One line to standard error. */
  readonly err: (line: string) => void;
  /** Where lines can be written over; absent when standard output is none. */
  readonly terminal: Terminal | undefined;
  /** Standard input, read as it comes. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly cwd: string;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A word after `earshot`. Exit codes: 0 done, 1 failed or disagreed, 2 called wrongly (`UsageError`). */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Shown by `--help`. */
  readonly help: string;
  /** By code of the API, what helps where the general advice does not. */
  readonly remedies?: Readonly<Record<string, string>>;
  readonly run: (args: readonly string[], io: CliIo) => Promise<number>;
}

/** The command line cannot be understood or lacks something; the text says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something about the world has to change first; the text says what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
