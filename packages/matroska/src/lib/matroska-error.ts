/** What was wrong in the bytes; carried by `problem` events, and by `MatroskaError` under `strict`. */
export type MatroskaProblemCode =
  | 'matroska.truncated'
  | 'matroska.damaged'
  | 'matroska.element-too-large'
  | 'matroska.crc-mismatch'
  | 'matroska.unsupported';

/** What was wrong in the call. */
export type MatroskaMisuseCode =
  'matroska.finished' | 'matroska.invalid-option' | 'matroska.invalid-argument';

/** The codes of `MatroskaError`. Branch on these, never on a message. */
export type MatroskaErrorCode = MatroskaProblemCode | MatroskaMisuseCode;

/** The only error this package throws: for misuse, and for a problem in the bytes when `strict` is set. */
export class MatroskaError extends Error {
  override readonly name = 'MatroskaError';
  readonly code: MatroskaErrorCode;
  readonly retryable = false;

  constructor(code: MatroskaErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether an error was thrown by this copy of the package. */
export function isMatroskaError(error: unknown): error is MatroskaError {
  return error instanceof MatroskaError;
}
