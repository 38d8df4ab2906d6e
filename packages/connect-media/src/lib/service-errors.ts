import type { AppError } from '@earshot/domain';
import { mediaError, type MediaErrorCode } from './media-trouble.ts';

/**
 * What is done about an error of the service.
 * `retry`: the same again later. `refresh-endpoint`: ask for the data endpoint again, then the same.
 * `refresh-credentials`: once with new credentials, then give up. `start-elsewhere`: at another position.
 * `give-up`: the call fails with the cause and remedy of its code.
 */
export type ServiceAction =
  'retry' | 'refresh-endpoint' | 'refresh-credentials' | 'start-elsewhere' | 'give-up';

export interface ServiceVerdict {
  readonly code: MediaErrorCode;
  readonly action: ServiceAction;
}

const verdict = (code: MediaErrorCode, action: ServiceAction): ServiceVerdict => ({ code, action });

const DENIED = verdict('media.access-denied', 'give-up');
const EXPIRED = verdict('media.access-denied', 'refresh-credentials');
const THROTTLED = verdict('media.throttled', 'retry');
const UNREACHABLE = verdict('media.unreachable', 'refresh-endpoint');
const BROKEN = verdict('media.service-error', 'refresh-endpoint');
const GONE = verdict('media.fragment-not-found', 'start-elsewhere');
const KMS = verdict('media.kms', 'give-up');

/** Names of what an SDK call throws: exceptions of the service first, then those of the way to it. */
export const VERDICT_BY_NAME: ReadonlyMap<string, ServiceVerdict> = new Map([
  // Amazon Connect creates streams as calls need them.
  ['ResourceNotFoundException', verdict('media.stream-not-found', 'refresh-endpoint')],
  ['ConnectionLimitExceededException', verdict('media.connection-limit', 'retry')],
  ['ClientLimitExceededException', THROTTLED],
  ['ThrottlingException', THROTTLED],
  ['Throttling', THROTTLED],
  ['TooManyRequestsException', THROTTLED],
  ['InvalidArgumentException', verdict('media.invalid-argument', 'start-elsewhere')],
  ['ValidationException', verdict('media.invalid-argument', 'start-elsewhere')],
  ['InvalidEndpointException', UNREACHABLE],
  ['NotAuthorizedException', DENIED],
  ['AccessDeniedException', DENIED],
  ['AccessDenied', DENIED],
  ['UnrecognizedClientException', DENIED],
  ['InvalidClientTokenId', DENIED],
  ['InvalidSignatureException', DENIED],
  ['SignatureDoesNotMatch', DENIED],
  ['MissingAuthenticationTokenException', DENIED],
  ['ExpiredTokenException', EXPIRED],
  ['ExpiredToken', EXPIRED],
  ['RequestExpired', EXPIRED],
  ['CredentialsProviderError', verdict('media.credentials-missing', 'give-up')],
  ['InternalFailure', BROKEN],
  ['ServiceUnavailable', BROKEN],
  ['ServiceUnavailableException', BROKEN],
  ['TimeoutError', UNREACHABLE],
  ['ECONNREFUSED', UNREACHABLE],
  ['ECONNRESET', UNREACHABLE],
  ['ENOTFOUND', UNREACHABLE],
  ['EAI_AGAIN', UNREACHABLE],
]);

/** `AWS_KINESISVIDEO_ERROR_ID` of a document within a body. Ids are open-ended: 3000 is in no list (connect-media 1.2). */
export const VERDICT_BY_ERROR_ID: ReadonlyMap<string, ServiceVerdict> = new Map([
  ['3000', GONE],
  ['3002', verdict('media.service-error', 'retry')],
  ['4000', GONE],
  ['4500', KMS],
  ['4501', KMS],
  ['4502', KMS],
  // The key service does not answer; the key itself may be sound.
  ['4503', verdict('media.kms-unavailable', 'retry')],
  ['4504', KMS],
  ['4505', KMS],
  ['4506', KMS],
  ['5000', verdict('media.service-error', 'retry')],
]);

/** `AWS_KINESISVIDEO_ERROR_CODE`, where the id is not known. */
const VERDICT_BY_ERROR_CODE: readonly (readonly [RegExp, ServiceVerdict])[] = [
  [/FRAGMENT_NOT_FOUND/i, GONE],
  [/KMS/i, KMS],
];

const UNKNOWN = verdict('media.service-error', 'retry');

/** About an error thrown by an SDK call. */
export function judgeSdkError(error: unknown): ServiceVerdict {
  const byName = VERDICT_BY_NAME.get(errorName(error)) ?? VERDICT_BY_NAME.get(systemCode(error));
  if (byName !== undefined) return byName;
  const status = httpStatus(error);
  if (status === undefined) return UNREACHABLE;
  if (status === 401 || status === 403) return DENIED;
  if (status === 404) return verdict('media.stream-not-found', 'refresh-endpoint');
  if (status === 429) return THROTTLED;
  return status >= 500 ? BROKEN : verdict('media.invalid-argument', 'start-elsewhere');
}

/** About an error document within a body. */
export function judgeRefusal({ errorId, errorCode }: Refusal): ServiceVerdict {
  const byId = VERDICT_BY_ERROR_ID.get(errorId.trim());
  return byId ?? VERDICT_BY_ERROR_CODE.find(([pattern]) => pattern.test(errorCode))?.[1] ?? UNKNOWN;
}

export interface Refusal {
  readonly errorId: string;
  readonly errorCode: string;
}

type MediaError = AppError & { code: MediaErrorCode };

/** What an SDK call threw, as one of our codes. The service's own words stay in the cause. */
export function fromSdkError(error: unknown, action: string): MediaError {
  const status = httpStatus(error);
  const name = errorName(error) || 'unknown error';
  const what = `Cannot ${action}: ${name}${status === undefined ? '' : ` ${status}`}`;
  return mediaError(judgeSdkError(error).code, what, error);
}

export function fromRefusal(refusal: Refusal): MediaError {
  const { errorId, errorCode } = refusal;
  const message = `Cannot read media: error ${errorId.slice(0, 16)} ${errorCode.slice(0, 64)}`;
  return mediaError(judgeRefusal(refusal).code, message);
}

/** Another place to begin may do. */
export function isAboutPosition(
  code: MediaErrorCode,
): code is 'media.fragment-not-found' | 'media.invalid-argument' {
  return code === 'media.fragment-not-found' || code === 'media.invalid-argument';
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function httpStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
