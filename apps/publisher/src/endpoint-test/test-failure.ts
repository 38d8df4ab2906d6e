import type { EndpointTest } from '@earshot/api';

/** Where a test ended, and what its owner can do. Never quotes a secret or an answer. */
export interface TestFailure {
  readonly stage: EndpointTest['stage'];
  readonly error: string;
  readonly remedy: string;
  readonly status?: number;
}

/** The code of the innermost cause that has one, for example `ECONNREFUSED`; a message could quote what was sent. */
export function codeOf(error: unknown): string {
  let code = 'no code';
  let current = error;
  for (let depth = 0; current instanceof Error && depth < CAUSE_DEPTH_MAX; depth += 1) {
    if ('code' in current && typeof current.code === 'string') code = current.code;
    current = current.cause;
  }
  return code;
}

const CAUSE_DEPTH_MAX = 8;
