import type {
  PageQuery,
  paths,
  PutRedactionPolicyBody,
  RedactionEntity,
  RedactionEntityPage,
  RedactionPolicy,
  UpdateRedactionEntityBody,
} from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { unwrap } from './unwrap.ts';

/** What is masked in the transcripts of the team; needs the scope `admin`. */
export interface RedactionCalls {
  /** One page in the order of the alphabet; `nextCursor` leads to the next. */
  listEntities(query?: PageQuery): Promise<RedactionEntityPage>;
  getEntity(entityId: string): Promise<RedactionEntity>;
  updateEntity(entityId: string, body: UpdateRedactionEntityBody): Promise<RedactionEntity>;
  getPolicy(): Promise<RedactionPolicy>;
  /** Replaces all of it. */
  putPolicy(body: PutRedactionPolicyBody): Promise<RedactionPolicy>;
}

const ENTITIES = '/configuration/v1/redaction-entities';
const ENTITY = '/configuration/v1/redaction-entities/{entityId}';
const POLICY = '/earshot/v1/redaction-policy';

export function redactionCalls(api: Client<paths>): RedactionCalls {
  const byId = (entityId: string) => ({ params: { path: { entityId } } });
  return {
    listEntities: async (query = {}) => await unwrap(api.GET(ENTITIES, { params: { query } })),
    getEntity: async (entityId) => await unwrap(api.GET(ENTITY, byId(entityId))),
    updateEntity: async (entityId, body) => await unwrap(api.PATCH(ENTITY, { ...byId(entityId), body })),
    getPolicy: async () => await unwrap(api.GET(POLICY)),
    putPolicy: async (body) => await unwrap(api.PUT(POLICY, { body })),
  };
}
