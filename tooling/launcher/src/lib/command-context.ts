/** What a command gets from the entry point, the only place that reads the process. */
export interface CommandContext {
  /** The repository's folder. */
  checkout: string;
  /** Where the user called npm, for file names given as arguments. */
  callerDirectory: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  out: (text: string) => void;
  err: (text: string) => void;
}
