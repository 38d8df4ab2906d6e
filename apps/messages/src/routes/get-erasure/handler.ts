import { ERROR_CODES, type VerifiedErasure } from '@earshot/api';
import { refuse, type AppEnv } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { timingSafeEqual } from 'node:crypto';
import { isExternalId } from '../../retention/external-id.ts';
import { presentReceipt, signErasure } from '../../retention/receipt.ts';

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
    const { digest, ...erasure } = found;
    const [stored, made] = [Buffer.from(digest), Buffer.from(signErasure(erasureHmacKey, erasure))];
    const verified = stored.length === made.length && timingSafeEqual(stored, made);
    return c.json({ ...presentReceipt(found), verified } satisfies VerifiedErasure);
  };
}
