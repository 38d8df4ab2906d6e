import type { EndpointPage, PageQuery } from '@earshot/api';
import type { AppEnv, QueryParams } from '@earshot/http';
import type { Context } from 'hono';
import type { EndpointDeps } from '../../endpoints/endpoint-deps.ts';
import { presentEndpoints } from '../../endpoints/present-endpoint.ts';

const PAGE_ITEM_COUNT = 50;

/** GET /earshot/v1/endpoints */
export function listEndpoints(deps: EndpointDeps) {
  return async (c: Context<AppEnv, string, QueryParams<PageQuery>>) => {
    const { tenantId, appId } = c.get('key');
    const { cursor, limit = PAGE_ITEM_COUNT } = c.req.valid('query');
    const page = await deps.endpoints.list({
      tenantId,
      appId,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const answer: EndpointPage = {
      items: await presentEndpoints(deps, tenantId, page.items),
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
    };
    return c.json(answer);
  };
}
