/**
 * Every `code` an answer may carry, `<HTTP status>-<what happened>`; both error shapes use them.
 * Those with three digits after the dash belong to the media gateway (start and stop).
 */
export const ERROR_CODES = {
  malformedBody: '400-01',
  invalidField: '400-03',
  invalidGatewayParameter: '400-201',
  invalidTranscriptionParameter: '400-202',
  unknownCall: '400-203',
  unauthorized: '401-01',
  forbidden: '403-01',
  notFound: '404-01',
  methodNotAllowed: '405-01',
  conflict: '409-01',
  alreadyInState: '409-201',
  requestPending: '409-202',
  bodyTooLarge: '413-01',
  unsupportedMediaType: '415-01',
  rangeNotSatisfiable: '416-01',
  unprocessable: '422-01',
  tooManyRequests: '429-01',
  internal: '500-01',
  gatewayInternal: '500-201',
  unavailable: '503-01',
} as const;

export type ErrorCode = (typeof ERROR_CODES)[keyof typeof ERROR_CODES];

/** The HTTP status of a code: its first three digits. */
export function statusOfErrorCode(code: ErrorCode): number {
  return Number.parseInt(code.slice(0, 3), 10);
}

/** `autotranscribeResponse.*.status.code` of start and stop. */
export const PARTICIPANT_STATUS = {
  ok: { code: 1000, description: 'OK' },
  unableToTranscribe: { code: 4080, description: 'Unable to transcribe' },
  audioDecodeFailure: { code: 4082, description: 'Audio decode failure' },
  internalError: { code: 5000, description: 'Internal error' },
} as const;
