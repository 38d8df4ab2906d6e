/** One field of the request that was not accepted. */
export interface FieldProblem {
  /** JSON pointer into the body, or the query parameter. */
  readonly pointer: string;
  /** What is accepted there. */
  readonly message: string;
}

/** What an error carries beside its message. */
export interface EarshotApiErrorOptions {
  readonly status: number | undefined;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly problems?: readonly FieldProblem[];
  readonly cause?: unknown;
}

/** A call that was not fulfilled. Branch on `code`. */
export class EarshotApiError extends Error {
  override readonly name = 'EarshotApiError';
  /** HTTP status; `undefined` when no answer came. */
  readonly status: number | undefined;
  /**
   * The code of the answer (`409-201`), else `client.unreachable`, `client.timeout`, `client.bad-answer` (not from
   * Earshot, or not understood) or `client.too-many-pages`.
   */
  readonly code: string;
  /** Finds the request in the server's log; `undefined` when no answer of Earshot came. */
  readonly requestId: string | undefined;
  /** Whether the same call may succeed later; the retries of the client are used up by then. */
  readonly retryable: boolean;
  /** Each field that was not accepted, on paths under `/earshot/v1`; else empty. */
  readonly problems: readonly FieldProblem[];

  constructor(message: string, options: EarshotApiErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status;
    this.code = options.code;
    this.requestId = options.requestId;
    this.retryable = options.retryable;
    this.problems = options.problems ?? [];
  }
}

/** Makes an error of an answer that is not 2xx: the compatible envelope, a problem document, or neither. */
export function errorOfAnswer(status: number, body: unknown): EarshotApiError {
  const retryable = isRetryableStatus(status);
  const inner = isRecord(body) && isRecord(body['error']) ? body['error'] : body;
  if (!isRecord(inner) || typeof inner['code'] !== 'string') {
    const message = `Cannot read the answer with status ${status}: it is no error of Earshot`;
    return new EarshotApiError(message, {
      status,
      code: 'client.bad-answer',
      requestId: undefined,
      retryable,
    });
  }
  const { code, requestId } = inner;
  const told = inner['message'] ?? inner['detail'];
  return new EarshotApiError(typeof told === 'string' ? told : `The answer has status ${status}`, {
    status,
    code,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    retryable,
    problems: problemsOf(inner['problems']),
  });
}

function problemsOf(value: unknown): readonly FieldProblem[] {
  return Array.isArray(value) ? value.filter(isFieldProblem) : [];
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['message'] === 'string';
}

export function isRetryableStatus(status: number): boolean {
  return status === 429 || status >= 500;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
