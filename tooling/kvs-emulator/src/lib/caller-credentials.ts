import type { IncomingHttpHeaders } from 'node:http';
import { KvsError } from './kvs-error.ts';

/** Says whether the holder of these may call. Both are empty for an unsigned request. */
export type RequireCredentials = (accessKeyId: string, sessionToken: string) => 'ok' | 'expired' | 'denied';

/** What consumers call; producers of this repository do not sign. */
const SIGNED_OPERATIONS: ReadonlySet<string> = new Set([
  'GetDataEndpoint',
  'GetMedia',
  'ListFragments',
  'GetMediaForFragmentList',
]);

/** Throws ExpiredTokenException or AccessDeniedException (403). The signature itself is not computed. */
export function checkCredentials(
  operation: string,
  headers: IncomingHttpHeaders,
  requireCredentials: RequireCredentials | undefined,
): void {
  if (requireCredentials === undefined || !SIGNED_OPERATIONS.has(operation)) return;
  const accessKeyId = /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  const verdict = requireCredentials(accessKeyId, String(headers['x-amz-security-token'] ?? ''));
  if (verdict === 'expired') {
    const message = 'The security token included in the request is expired';
    throw new KvsError(403, 'ExpiredTokenException', message);
  }
  if (verdict === 'denied') {
    const message = `The caller ${accessKeyId} is not authorized to perform kinesisvideo:${operation}`;
    throw new KvsError(403, 'AccessDeniedException', message);
  }
}
