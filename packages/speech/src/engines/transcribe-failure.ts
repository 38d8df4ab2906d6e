import type { AppError } from '@earshot/domain';
import { engineError, failureName, type EngineFailure } from './engine-failure.ts';

export const AMAZON_TRANSCRIBE = 'amazon-transcribe';

/** By exception class; one that is not here is a broken connection. */
const failures: Readonly<Record<string, EngineFailure>> = {
  LimitExceededException: 'limited',
  ThrottlingException: 'limited',
  TooManyRequestsException: 'limited',
  ConflictException: 'unavailable',
  InternalFailureException: 'unavailable',
  ServiceUnavailableException: 'unavailable',
  BadRequestException: 'refused',
  AccessDeniedException: 'refused',
  UnrecognizedClientException: 'refused',
  InvalidSignatureException: 'refused',
  IncompleteSignatureException: 'refused',
  MissingAuthenticationTokenException: 'refused',
  SignatureDoesNotMatch: 'refused',
  // New credentials are read for the next try.
  ExpiredTokenException: 'unavailable',
  CredentialsProviderError: 'refused',
};

export function transcribeFailure(error: unknown): AppError {
  const name = failureName(error);
  return engineError(AMAZON_TRANSCRIBE, failures[name] ?? 'unavailable', name);
}
