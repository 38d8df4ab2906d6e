import type { Measurement } from './harness.ts';

/** What a benchmark may touch of the process. */
export interface BenchContext {
  /** The repository's folder. */
  readonly checkout: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  /** One line of JSON to standard output. */
  readonly print: (measurement: Measurement) => void;
  /** One line to standard error. */
  readonly say: (text: string) => void;
}

export type RunBench = (context: BenchContext) => Promise<void>;

/** The benchmark could not be run, or what it ran failed; the text says which. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
}

/** The command line cannot be understood. */
export class BenchUsageError extends Error {
  override readonly name = 'BenchUsageError';
}

/** A whole number from 1 on given as an option. Throws `BenchUsageError` for anything else. */
export function countOption(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new BenchUsageError(`Cannot use --${name} ${text}: expected a whole number from 1 on`);
}
