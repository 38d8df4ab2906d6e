import type { PutRedactionPolicyBody } from '@earshot/api';
import type { AppEnv, JsonBody } from '@earshot/http';
import type { Context } from 'hono';
import { presentPolicy } from '../../redaction/present-policy.ts';
import { putPolicy } from '../../redaction/put-policy.ts';
import type { RedactionDeps } from '../../redaction/redaction-deps.ts';
import { refuseFields } from '../endpoint-refusals.ts';

/** PUT /earshot/v1/redaction-policy */
export function putRedactionPolicy(deps: RedactionDeps) {
  return async (c: Context<AppEnv, string, JsonBody<PutRedactionPolicyBody>>) => {
    const outcome = await putPolicy(deps, c.get('key').tenantId, c.req.valid('json'));
    switch (outcome.type) {
      case 'invalid':
        return refuseFields(c, outcome.problems);
      case 'put':
        return c.json(presentPolicy(outcome.stored, deps.forced));
    }
  };
}
