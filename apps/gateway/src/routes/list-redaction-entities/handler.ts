import { ERROR_CODES, type PageQuery, type RedactionEntityPage } from '@earshot/api';
import { refuse, type AppEnv, type QueryParams } from '@earshot/http';
import { policyInForce } from '@earshot/redaction';
import type { Context } from 'hono';
import { pageById } from '../../paging/page-by-id.ts';
import { ENTITIES_BY_ID } from '../../redaction/entity-descriptions.ts';
import { presentEntity } from '../../redaction/present-entity.ts';
import type { RedactionDeps } from '../../redaction/redaction-deps.ts';

const PAGE_ITEM_COUNT = 20;

/** GET /configuration/v1/redaction-entities */
export function listRedactionEntities({ redactionSettings, forced }: RedactionDeps) {
  return async (c: Context<AppEnv, string, QueryParams<PageQuery>>) => {
    const { cursor, limit = PAGE_ITEM_COUNT } = c.req.valid('query');
    const page = pageById(ENTITIES_BY_ID, { limit, ...(cursor === undefined ? {} : { cursor }) });
    if (page.type === 'cursor-invalid') {
      const message = '/cursor must be the nextCursor or prevCursor of a page';
      return refuse(c, { code: ERROR_CODES.invalidField, message });
    }
    const { policy } = policyInForce(await redactionSettings.get(c.get('key').tenantId), { forced });
    const answer: RedactionEntityPage = {
      redactionEntities: page.items.map(({ id }) => presentEntity(id, policy)),
      nextCursor: page.nextCursor ?? null,
      prevCursor: page.prevCursor ?? null,
    };
    return c.json(answer);
  };
}
