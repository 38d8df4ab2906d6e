import { ERROR_CODES, type UpdateRedactionEntityBody } from '@earshot/api';
import { refuse, type AppEnv, type JsonBody } from '@earshot/http';
import { policyInForce, readEntityName } from '@earshot/redaction';
import type { Context } from 'hono';
import { presentEntity } from '../../redaction/present-entity.ts';
import type { RedactionDeps } from '../../redaction/redaction-deps.ts';
import { switchEntity } from '../../redaction/switch-entity.ts';
import { refuseUnknownEntity } from '../redaction-refusals.ts';

/** PATCH /configuration/v1/redaction-entities/{entityId}: policies an entity does not have are ignored. */
export function updateRedactionEntity(deps: RedactionDeps) {
  return async (c: Context<AppEnv, string, JsonBody<UpdateRedactionEntityBody>>) => {
    const entity = readEntityName(c.req.param('entityId') ?? '');
    if (entity === undefined) return refuseUnknownEntity(c);
    const { tenantId } = c.get('key');
    const on = c.req.valid('json').policies.autoTranscribe;
    if (on === undefined) {
      const stored = await deps.redactionSettings.get(tenantId);
      return c.json(presentEntity(entity, policyInForce(stored, { forced: deps.forced }).policy));
    }
    const outcome = await switchEntity(deps, tenantId, { entity, on });
    switch (outcome.type) {
      case 'switched':
        return c.json(presentEntity(entity, outcome.policy));
      case 'last-one': {
        const message =
          '/policies/autoTranscribe must be true: this deployment always redacts, and no other entity is on';
        return refuse(c, { code: ERROR_CODES.invalidField, message });
      }
    }
  };
}
