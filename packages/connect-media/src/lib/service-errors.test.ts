import { describe, expect, it } from 'vitest';
import { mediaTrouble } from './media-trouble.ts';
import {
  fromRefusal,
  fromSdkError,
  judgeRefusal,
  judgeSdkError,
  VERDICT_BY_ERROR_ID,
  VERDICT_BY_NAME,
} from './service-errors.ts';

const refusals: { errorId: string; errorCode?: string; want: string }[] = [
  { errorId: '3000', want: 'media.fragment-not-found start-elsewhere' },
  { errorId: '3002', want: 'media.service-error retry' },
  { errorId: '4000', want: 'media.fragment-not-found start-elsewhere' },
  { errorId: '4500', want: 'media.kms give-up' },
  { errorId: '4501', want: 'media.kms give-up' },
  { errorId: '4502', want: 'media.kms give-up' },
  { errorId: '4503', want: 'media.kms-unavailable retry' },
  { errorId: '4504', want: 'media.kms give-up' },
  { errorId: '4505', want: 'media.kms give-up' },
  { errorId: '4506', want: 'media.kms give-up' },
  { errorId: '5000', want: 'media.service-error retry' },
  { errorId: '9999', want: 'media.service-error retry' },
  { errorId: '', want: 'media.service-error retry' },
  { errorId: 'x', errorCode: 'FRAGMENT_NOT_FOUND', want: 'media.fragment-not-found start-elsewhere' },
  { errorId: '', errorCode: 'KMS_SOMETHING_NEW', want: 'media.kms give-up' },
];

describe('judgeRefusal', () => {
  it.each(refusals)('takes error $errorId $errorCode for $want', ({ errorId, errorCode = '', want }) => {
    const { code, action } = judgeRefusal({ errorId, errorCode });
    expect(`${code} ${action}`).toBe(want);
    expect(fromRefusal({ errorId, errorCode }).code).toBe(code);
  });

  it('names every id of its table in the tests', () => {
    const tested = new Set(refusals.map(({ errorId }) => errorId));
    expect([...VERDICT_BY_ERROR_ID.keys()].filter((id) => !tested.has(id))).toEqual([]);
  });
});

function sdkError(name: string, httpStatusCode?: number, code?: string): Error {
  const error = Object.assign(new Error('arn:aws:secret'), { name });
  if (code !== undefined) Object.assign(error, { code });
  return httpStatusCode === undefined ? error : Object.assign(error, { $metadata: { httpStatusCode } });
}

const names: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'media.stream-not-found refresh-endpoint',
  ConnectionLimitExceededException: 'media.connection-limit retry',
  ClientLimitExceededException: 'media.throttled retry',
  ThrottlingException: 'media.throttled retry',
  Throttling: 'media.throttled retry',
  TooManyRequestsException: 'media.throttled retry',
  InvalidArgumentException: 'media.invalid-argument start-elsewhere',
  ValidationException: 'media.invalid-argument start-elsewhere',
  InvalidEndpointException: 'media.unreachable refresh-endpoint',
  NotAuthorizedException: 'media.access-denied give-up',
  AccessDeniedException: 'media.access-denied give-up',
  AccessDenied: 'media.access-denied give-up',
  UnrecognizedClientException: 'media.access-denied give-up',
  InvalidClientTokenId: 'media.access-denied give-up',
  InvalidSignatureException: 'media.access-denied give-up',
  SignatureDoesNotMatch: 'media.access-denied give-up',
  MissingAuthenticationTokenException: 'media.access-denied give-up',
  ExpiredTokenException: 'media.access-denied refresh-credentials',
  ExpiredToken: 'media.access-denied refresh-credentials',
  RequestExpired: 'media.access-denied refresh-credentials',
  CredentialsProviderError: 'media.credentials-missing give-up',
  InternalFailure: 'media.service-error refresh-endpoint',
  ServiceUnavailable: 'media.service-error refresh-endpoint',
  ServiceUnavailableException: 'media.service-error refresh-endpoint',
  TimeoutError: 'media.unreachable refresh-endpoint',
  ECONNREFUSED: 'media.unreachable refresh-endpoint',
  ECONNRESET: 'media.unreachable refresh-endpoint',
  ENOTFOUND: 'media.unreachable refresh-endpoint',
  EAI_AGAIN: 'media.unreachable refresh-endpoint',
};

describe('judgeSdkError', () => {
  it.each(Object.entries(names))('takes %s for %s', (name, want) => {
    for (const error of [sdkError(name, 400), sdkError('Error', undefined, name)]) {
      const { code, action } = judgeSdkError(error);
      expect(`${code} ${action}`).toBe(want);
    }
  });

  it('names every entry of its table in the tests', () => {
    expect([...VERDICT_BY_NAME.keys()].filter((name) => !(name in names))).toEqual([]);
  });

  it.each([
    { status: 401, want: 'media.access-denied' },
    { status: 403, want: 'media.access-denied' },
    { status: 404, want: 'media.stream-not-found' },
    { status: 429, want: 'media.throttled' },
    { status: 400, want: 'media.invalid-argument' },
    { status: 500, want: 'media.service-error' },
    { status: 503, want: 'media.service-error' },
    { status: undefined, want: 'media.unreachable' },
  ])('goes by status $status where the name is unknown', ({ status, want }) => {
    expect(judgeSdkError(sdkError('SomethingNew', status)).code).toBe(want);
  });
});

describe('fromSdkError', () => {
  it('has a cause and a remedy for every code, and keeps the words of the service to itself', () => {
    for (const name of Object.keys(names)) {
      const error = fromSdkError(sdkError(name, 400), 'open media');
      expect(mediaTrouble(error.code)).toBeDefined();
      expect(error.message).not.toContain('arn:');
      expect(error.publicMessage).not.toContain('arn:');
    }
  });
});
