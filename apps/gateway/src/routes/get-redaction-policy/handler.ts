import type { AppEnv } from '@earshot/http';
import type { Context } from 'hono';
import { presentPolicy } from '../../redaction/present-policy.ts';
import type { RedactionDeps } from '../../redaction/redaction-deps.ts';

/** GET /earshot/v1/redaction-policy */
export function getRedactionPolicy({ redactionSettings, forced }: RedactionDeps) {
  return async (c: Context<AppEnv>) =>
    c.json(presentPolicy(await redactionSettings.get(c.get('key').tenantId), forced));
}
