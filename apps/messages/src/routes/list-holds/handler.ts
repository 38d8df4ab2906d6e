import type { LegalHoldPage, PageQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentHold } from '../place-hold/present-hold.ts';

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/retention/holds */
export function listHolds({ retention }: { readonly retention: Pick<RetentionStore, 'listHolds'> }) {
  return async (c: Context<AppEnv, string, QueryParams<PageQuery>>) => {
    const { limit = PAGE_ITEM_COUNT, ...rest } = c.req.valid('query');
    const page = await retention.listHolds({ tenantId: c.get('key').tenantId, limit, ...rest });
    const answer: LegalHoldPage = {
      items: page.items.map(presentHold),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
