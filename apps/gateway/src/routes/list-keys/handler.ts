import type { ApiKeyPage, PageQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { Context } from 'hono';
import type { KeyDeps } from '../../keys/key-deps.ts';
import { presentKey } from '../../keys/present-key.ts';

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/keys */
export function listKeys({ keys, clock }: KeyDeps) {
  return async (c: Context<AppEnv, string, QueryParams<PageQuery>>) => {
    const { tenantId, appId } = c.get('key');
    const { cursor, limit = PAGE_ITEM_COUNT } = c.req.valid('query');
    const page = await keys.list({ tenantId, appId, limit, ...(cursor === undefined ? {} : { cursor }) });
    const answer: ApiKeyPage = {
      items: page.items.map((record) => presentKey(record, clock.now())),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
