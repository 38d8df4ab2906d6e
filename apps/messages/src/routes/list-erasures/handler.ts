import { ERROR_CODES, type ListErasuresQuery, type VerifiedErasurePage } from '@earshot/api';
import { refuse, type AppEnv, type QueryParams } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentVerified } from '../../retention/receipt.ts';
import { askedStretch } from './asked-stretch.ts';

export interface ListErasuresDeps {
  readonly retention: Pick<RetentionStore, 'listReceipts'>;
  readonly erasureHmacKey: Uint8Array;
}

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/erasures */
export function listErasures({ retention, erasureHmacKey }: ListErasuresDeps) {
  return async (c: Context<AppEnv, string, QueryParams<ListErasuresQuery>>) => {
    const query = c.req.valid('query');
    const asked = askedStretch(query);
    if ('pointer' in asked) {
      const message = `${asked.pointer} ${asked.message}`;
      return refuse(c, { code: ERROR_CODES.invalidField, message, problems: [asked] });
    }
    const { limit = PAGE_ITEM_COUNT, cursor } = query;
    const page = await retention.listReceipts({ tenantId: c.get('key').tenantId, limit, cursor, ...asked });
    const answer: VerifiedErasurePage = {
      items: page.items.map((receipt) => presentVerified(erasureHmacKey, receipt)),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
