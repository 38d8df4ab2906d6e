import { KvsError } from '../kvs-error.ts';
import type { RefuseFault } from './fault.ts';
import type { StreamFaults } from './stream-faults.ts';

/** The refusal for a request of that operation, or `undefined` when it may be served. */
export function refusalOf(
  faults: StreamFaults | undefined,
  operation: string,
): KvsError | 'no-answer' | undefined {
  if (faults === undefined) return undefined;
  const armed = faults.refusals.find((candidate) => {
    return (candidate.fault.operation ?? 'GetMedia') === operation && faults.isArmed(candidate);
  });
  if (armed === undefined) return undefined;
  faults.strike(armed, { operation });
  return armed.fault.error === 'no-answer' ? 'no-answer' : exceptionOf(armed.fault.error);
}

/** Status, exception and text as the service gives them (connect-media 6). */
function exceptionOf(error: Exclude<RefuseFault['error'], 'no-answer'>): KvsError {
  switch (error) {
    case 'not-found':
      return new KvsError(404, 'ResourceNotFoundException', 'The requested stream is not found');
    case 'connection-limit':
      return new KvsError(400, 'ConnectionLimitExceededException', 'Too many connections to the stream');
    case 'throttled':
      return new KvsError(400, 'ClientLimitExceededException', 'Rate exceeded');
    case 'access-denied':
      return new KvsError(403, 'AccessDeniedException', 'The caller is not authorized for the stream');
    case 'expired-token':
      return new KvsError(403, 'ExpiredTokenException', 'The security token in the request is expired');
    case 'invalid-endpoint':
      return new KvsError(400, 'InvalidEndpointException', 'The stream is not served by this endpoint');
    case 'server-error':
      return new KvsError(500, 'InternalFailure', 'The service failed');
  }
}
