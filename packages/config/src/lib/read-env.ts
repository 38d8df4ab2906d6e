import { AppError } from '@earshot/domain';
import { createEnvReader, type EnvReader } from './env-reader.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Builds an app's configuration from environment variables.
 *
 * @throws AppError `config.invalid` listing every problem, one a line, each naming the variable and what is
 *   accepted. Values of strings and URLs are never shown: either may be a secret.
 */
export function readEnv<T>(env: Env, shape: (reader: EnvReader) => T): T {
  const problems: string[] = [];
  const reader = createEnvReader(env, (problem) => problems.push(problem));
  let config: T;
  try {
    config = shape(reader);
  } catch (cause) {
    // A stand-in may have made the shape fail; the problem that led to the stand-in is what the reader needs.
    if (problems.length > 0) throw invalid(problems, cause);
    throw cause;
  }
  if (problems.length > 0) throw invalid(problems);
  return config;
}

function invalid(problems: readonly string[], cause?: unknown): AppError {
  const message = `Cannot read configuration:\n${problems.map((problem) => `- ${problem}`).join('\n')}`;
  return new AppError('config.invalid', message, { retryable: false, cause });
}
