import type { StopStreamingBody } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { presentStop } from '../../streaming/answers.ts';
import { stopCall, type StopCallDeps } from '../../streaming/stop-call.ts';

/** POST /mg-autotranscribe/v1/stop-streaming */
export function stopStreaming(deps: StopCallDeps) {
  return async (c: Context<AppEnv, string, JsonBody<StopStreamingBody>>) => {
    const { tenantId, appId } = c.get('key');
    const outcome = await stopCall(deps, { tenantId, appId }, c.req.valid('json'));
    return outcome.type === 'refused' ? refuse(c, outcome) : c.json(presentStop(outcome.session));
  };
}
