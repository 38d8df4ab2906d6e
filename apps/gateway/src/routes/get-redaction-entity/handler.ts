import type { AppEnv } from '@earshot/http';
import { policyInForce, readEntityName } from '@earshot/redaction';
import type { Context } from 'hono';
import { presentEntity } from '../../redaction/present-entity.ts';
import type { RedactionDeps } from '../../redaction/redaction-deps.ts';
import { refuseUnknownEntity } from '../redaction-refusals.ts';

/** GET /configuration/v1/redaction-entities/{entityId} */
export function getRedactionEntity({ redactionSettings, forced }: RedactionDeps) {
  return async (c: Context<AppEnv>) => {
    const entity = readEntityName(c.req.param('entityId') ?? '');
    if (entity === undefined) return refuseUnknownEntity(c);
    const { policy } = policyInForce(await redactionSettings.get(c.get('key').tenantId), { forced });
    return c.json(presentEntity(entity, policy));
  };
}
