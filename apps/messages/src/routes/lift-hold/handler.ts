import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { isExternalId } from '../../retention/external-id.ts';

/** DELETE /earshot/v1/conversations/{externalId}/hold */
export function liftHold({ retention }: { readonly retention: Pick<RetentionStore, 'liftHold'> }) {
  return async (c: Context<AppEnv>) => {
    const externalId = c.req.param('externalId') ?? '';
    if (isExternalId(externalId) && (await retention.liftHold(c.get('key').tenantId, externalId))) {
      return c.body(null, 204);
    }
    return refuse(c, { code: ERROR_CODES.notFound, message: 'No conversation with this externalId' });
  };
}
