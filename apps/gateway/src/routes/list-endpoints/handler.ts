import type { EndpointPage, PageQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { EndpointStore } from '@earshot/storage';
import type { Context } from 'hono';
import { presentEndpoint } from '../../endpoints/present-endpoint.ts';

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/endpoints */
export function listEndpoints(endpoints: Pick<EndpointStore, 'list'>) {
  return async (c: Context<AppEnv, string, QueryParams<PageQuery>>) => {
    const { tenantId, appId } = c.get('key');
    const { cursor, limit = PAGE_ITEM_COUNT } = c.req.valid('query');
    const page = await endpoints.list({
      tenantId,
      appId,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const answer: EndpointPage = {
      items: page.items.map(presentEndpoint),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
