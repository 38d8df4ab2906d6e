import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { CallStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentCall } from '../../calls/present-call.ts';

/** GET /earshot/v1/calls/{guid} */
export function getCall(calls: Pick<CallStore, 'getCall'>) {
  return async (c: Context<AppEnv>) => {
    const guid = c.req.param('guid') ?? '';
    const call = await calls.getCall(c.get('key').tenantId, guid);
    if (call === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No call with this guid' });
    }
    return c.json(presentCall(guid, call.sessions));
  };
}
