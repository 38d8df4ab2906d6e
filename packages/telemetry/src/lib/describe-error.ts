import { isCodedError } from '@earshot/domain';

const CAUSE_DEPTH_MAX = 5;
const STACK_CHARS_MAX = 4000;

/** What a log line keeps of an error. */
export interface ErrorFields {
  readonly name: string;
  /** Of our own errors; of foreign ones only where asked for. */
  readonly message?: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly stack?: string;
  /** Names and codes of the chain of causes, outermost first; never their bodies. */
  readonly causes?: readonly string[];
}

/**
 * Keeps code, retryable and stack. Text of a foreign error (a driver's, a vendor's) is left out, since it may
 * quote a query parameter or a response body, unless personal data may be revealed.
 */
export function describeError(error: unknown, revealPersonal: boolean): ErrorFields {
  if (!(error instanceof Error)) return { name: typeof error };
  const causes = causeLabels(error);
  const stack = stackFrames(error);
  const code = codeOf(error);
  return {
    name: error.name,
    ...(isCodedError(error) || revealPersonal ? { message: error.message } : {}),
    ...(code === undefined ? {} : { code }),
    ...(isCodedError(error) ? { retryable: error.retryable } : {}),
    ...(stack === '' ? {} : { stack }),
    ...(causes.length === 0 ? {} : { causes }),
  };
}

function causeLabels(error: Error): string[] {
  const labels: string[] = [];
  for (let next = error.cause; next !== undefined && labels.length < CAUSE_DEPTH_MAX;) {
    if (!(next instanceof Error)) return [...labels, typeof next];
    labels.push(codeOf(next) === undefined ? next.name : `${next.name} ${codeOf(next)}`);
    next = next.cause;
  }
  return labels;
}

/** System errors and most drivers carry a short `code`, for example ECONNREFUSED or 23505. */
function codeOf(error: Error): string | undefined {
  if (!('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[\w.-]{1,64}$/.test(error.code) ? error.code : undefined;
}

/** The stack without its head, which repeats the message. */
function stackFrames(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return lines.join('\n').slice(0, STACK_CHARS_MAX);
}
