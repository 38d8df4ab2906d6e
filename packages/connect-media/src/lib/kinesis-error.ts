import type { AppError } from '@earshot/domain';
import { mediaError, type MediaErrorCode } from './media-trouble.ts';

const CODE_BY_NAME: ReadonlyMap<string, MediaErrorCode> = new Map([
  ['ResourceNotFoundException', 'media.stream-not-found'],
  ['ConnectionLimitExceededException', 'media.connection-limit'],
  ['ClientLimitExceededException', 'media.throttled'],
  ['ThrottlingException', 'media.throttled'],
  ['InvalidArgumentException', 'media.invalid-argument'],
  ['InvalidEndpointException', 'media.unreachable'],
  ['NotAuthorizedException', 'media.access-denied'],
  ['AccessDeniedException', 'media.access-denied'],
  ['AccessDenied', 'media.access-denied'],
  ['ExpiredTokenException', 'media.access-denied'],
  ['UnrecognizedClientException', 'media.access-denied'],
  ['InvalidSignatureException', 'media.access-denied'],
  ['MissingAuthenticationTokenException', 'media.access-denied'],
  ['CredentialsProviderError', 'media.credentials-missing'],
]);

/** What an SDK call threw, as one of our codes. The service's own words stay in the cause. */
export function fromSdkError(error: unknown, action: string): AppError & { code: MediaErrorCode } {
  const name = error instanceof Error ? error.name : 'unknown error';
  const status = httpStatus(error);
  const code = CODE_BY_NAME.get(name) ?? codeByStatus(status);
  return mediaError(code, `Cannot ${action}: ${name}${status === undefined ? '' : ` ${status}`}`, error);
}

/** What the service said within a body; its ids are open-ended (connect-media 1.2). */
export function fromRefusal(refusal: { readonly errorId: string; readonly errorCode: string }): AppError & {
  code: MediaErrorCode;
} {
  const { errorId, errorCode } = refusal;
  const message = `Cannot read media: error ${errorId.slice(0, 16)} ${errorCode.slice(0, 64)}`;
  return mediaError(codeByRefusal(errorId, errorCode), message);
}

function codeByStatus(status: number | undefined): MediaErrorCode {
  if (status === 401 || status === 403) return 'media.access-denied';
  if (status === 429) return 'media.throttled';
  if (status === undefined) return 'media.unreachable';
  return status >= 500 ? 'media.service-error' : 'media.invalid-argument';
}

function codeByRefusal(errorId: string, errorCode: string): MediaErrorCode {
  const id = Number(errorId);
  if ((id >= 4500 && id <= 4506) || errorCode.includes('KMS')) return 'media.kms';
  if (id === 3000 || id === 4000 || errorCode.includes('FRAGMENT_NOT_FOUND'))
    return 'media.fragment-not-found';
  return 'media.service-error';
}

function httpStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
