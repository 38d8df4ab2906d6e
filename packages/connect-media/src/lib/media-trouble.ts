import { AppError } from '@earshot/domain';

/** What somebody has to know to mend it; fixed texts, fit for customers. */
export interface MediaTrouble {
  readonly cause: string;
  readonly remedy: string;
}

const ERRORS = {
  'media.stream-not-found': {
    retryable: true,
    cause: 'The Kinesis video stream does not exist',
    remedy:
      'Check streamArn, its region and account, and that live media streaming is enabled for the instance',
  },
  'media.access-denied': {
    retryable: false,
    cause: 'AWS refused to let Earshot read the stream',
    remedy:
      'Allow kinesisvideo:GetDataEndpoint and kinesisvideo:GetMedia on the stream, and check the role and external id',
  },
  'media.credentials-missing': {
    retryable: false,
    cause: 'Earshot has no AWS credentials',
    remedy: 'Give the ingest app a role or credentials that the AWS default chain finds',
  },
  'media.connection-limit': {
    retryable: true,
    cause: 'Too many readers listen to the stream: Kinesis allows three',
    remedy: 'Stop other consumers of the stream, or ask AWS for a higher limit',
  },
  'media.throttled': {
    retryable: true,
    cause: 'AWS throttles reads of the account or the stream',
    remedy: 'Ask AWS for a higher limit of GetMedia and GetDataEndpoint',
  },
  'media.kms': {
    retryable: false,
    cause: 'The key that encrypts the stream cannot be used',
    remedy: 'Allow kms:Decrypt on the key of the stream, and check that the key is enabled',
  },
  'media.kms-unavailable': {
    retryable: true,
    cause: 'The key service does not answer for the key that encrypts the stream',
    remedy: 'Look at the AWS health dashboard for KMS; the call goes on when it recovers',
  },
  'media.fragment-not-found': {
    retryable: true,
    cause: 'The stream does not hold the fragment to start from',
    remedy:
      'Check that stream and fragment number come from the same contact, and raise the retention of the streams',
  },
  'media.invalid-argument': {
    retryable: false,
    cause: 'Kinesis refused the position to start from',
    remedy: 'Check streamArn and afterFragmentNumber',
  },
  'media.service-error': {
    retryable: true,
    cause: 'Kinesis Video Streams failed',
    remedy: 'Look at the AWS health dashboard; the call goes on when it recovers',
  },
  'media.unreachable': {
    retryable: true,
    cause: 'Kinesis Video Streams cannot be reached',
    remedy: 'Check the network path to kinesisvideo of the region, proxies and VPC endpoints included',
  },
  'media.closed': {
    retryable: true,
    cause: 'Earshot was stopped while it listened to the call',
    remedy: 'None needed: another worker goes on',
  },
} as const satisfies Record<string, MediaTrouble & { retryable: boolean }>;

const PROBLEMS = {
  'media.track-missing': {
    cause: 'One side of the call is not in the stream',
    remedy: 'Stream both directions in the Start media streaming block of the flow',
  },
  'media.unknown-track': {
    cause: 'The stream has a track that belongs to neither side',
    remedy: 'Check that the stream comes from Amazon Connect',
  },
  'media.unexpected-format': {
    cause: 'The stream does not say that it is 16-bit PCM at 8 kHz',
    remedy: 'Check that the stream comes from Amazon Connect',
  },
  'media.damaged': {
    cause: 'Part of the stream could not be read',
    remedy: 'None needed if rare; otherwise check the producer of the stream',
  },
  'media.gap': {
    cause: 'Part of the call is missing in the stream',
    remedy: 'None needed if rare; raise the retention of the streams if it follows an outage of Earshot',
  },
  'media.hold-overflow': {
    cause: 'A fragment that does not say whose it is was too large to wait for it',
    remedy: 'Check that the stream comes from Amazon Connect',
  },
} as const satisfies Record<string, MediaTrouble>;

export type MediaErrorCode = keyof typeof ERRORS;

/** Things that do not stop a call; `media.fragment-not-found` is one as long as there is another place to start. */
export type MediaProblemCode = keyof typeof PROBLEMS | 'media.fragment-not-found' | 'media.invalid-argument';

/** Cause and remedy of every code of this package. */
export const MEDIA_TROUBLES: Readonly<Record<MediaErrorCode | MediaProblemCode, MediaTrouble>> = {
  ...ERRORS,
  ...PROBLEMS,
};

/** Cause and remedy of a code, `undefined` for codes of others. */
export function mediaTrouble(code: string): MediaTrouble | undefined {
  const known: Readonly<Record<string, MediaTrouble>> = MEDIA_TROUBLES;
  const trouble = Object.hasOwn(known, code) ? known[code] : undefined;
  return trouble === undefined ? undefined : { cause: trouble.cause, remedy: trouble.remedy };
}

/** `message` says what was tried; cause and remedy of the code are what may leave the process. */
export function mediaError(
  code: MediaErrorCode,
  message: string,
  cause?: unknown,
): AppError & { code: MediaErrorCode } {
  const { retryable, cause: reason, remedy } = ERRORS[code];
  const error = new AppError(code, message, { retryable, publicMessage: `${reason}. ${remedy}`, cause });
  return Object.assign(error, { code });
}

export function isMediaError(error: unknown): error is AppError & { code: MediaErrorCode } {
  return error instanceof AppError && Object.hasOwn(ERRORS, error.code);
}
