import { ERROR_CODES } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { isExternalId } from '../../retention/external-id.ts';
import { presentVerified } from '../../retention/receipt.ts';

export interface GetErasureDeps {
  readonly retention: Pick<RetentionStore, 'findReceipt'>;
  readonly erasureHmacKey: Uint8Array;
}

/** GET /earshot/v1/erasures/{erasureId} */
export function getErasure({ retention, erasureHmacKey }: GetErasureDeps) {
  return async (c: Context<AppEnv>) => {
    const erasureId = c.req.param('erasureId') ?? '';
    const found = isExternalId(erasureId)
      ? await retention.findReceipt(c.get('key').tenantId, erasureId)
      : undefined;
    if (found === undefined)
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No erasure with this id' });
    return c.json(presentVerified(erasureHmacKey, found));
  };
}
