import type { RetentionSettings } from '@earshot/api';
import type { AppEnv } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';

/** GET /earshot/v1/retention */
export function getRetention({ retention }: { readonly retention: Pick<RetentionStore, 'getSettings'> }) {
  return async (c: Context<AppEnv>) => {
    const settings: RetentionSettings = { ...(await retention.getSettings(c.get('key').tenantId)) };
    return c.json(settings);
  };
}
