import type { StartStreamingBody } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { presentStart } from '../../streaming/answers.ts';
import { startCall, type StartCallDeps } from '../../streaming/start-call.ts';

/** POST /mg-autotranscribe/v1/start-streaming */
export function startStreaming(deps: StartCallDeps) {
  return async (c: Context<AppEnv, string, JsonBody<StartStreamingBody>>) => {
    const { tenantId, appId } = c.get('key');
    const outcome = await startCall(deps, { tenantId, appId }, c.req.valid('json'));
    return outcome.type === 'refused' ? refuse(c, outcome) : c.json(presentStart(outcome.session));
  };
}
