import { statusOfErrorCode } from '@earshot/api';
import type { Context } from 'hono';
import { STATUS_CODES } from 'node:http';
import type { AppEnv, Refusal } from './app-env.ts';

/**
 * Answers a request that is not fulfilled, in the error shape of its path. The one place where both shapes are
 * written; handlers use it for expected outcomes (409, 404, ...), middleware and error mapping for theirs.
 *
 * @example return refuse(c, { code: ERROR_CODES.unknownCall, message: 'No call with this guid' });
 */
export function refuse(c: Context<AppEnv>, refusal: Refusal): Response {
  const status = statusOfErrorCode(refusal.code);
  const requestId = c.get('requestId');
  const problem = c.get('errorStyle').shape === 'problem';
  c.set('errorCode', refusal.code);
  const headers = new Headers(c.res.headers);
  for (const [name, value] of Object.entries(refusal.headers ?? {})) headers.set(name, value);
  headers.set('content-type', problem ? 'application/problem+json' : 'application/json');
  const body = problem ? problemBody(refusal, status, requestId) : compatibleBody(refusal, requestId);
  return new Response(JSON.stringify(body), { status, headers });
}

function compatibleBody({ message, code }: Refusal, requestId: string): object {
  return { error: { requestId, message, code } };
}

function problemBody({ message, code, problems }: Refusal, status: number, requestId: string): object {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    requestId,
    ...(problems === undefined ? {} : { problems }),
  };
}
