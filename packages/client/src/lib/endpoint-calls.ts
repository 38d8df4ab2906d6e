import type {
  CreateEndpointBody,
  Endpoint,
  EndpointPage,
  EndpointTest,
  EndpointWithSecret,
  PageQuery,
  paths,
  ReplayBody,
  ReplayResult,
  RotateBody,
  UpdateEndpointBody,
} from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { unwrap } from './unwrap.ts';

/** Where transcripts are sent; needs the scope `webhooks:admin`. */
export interface EndpointCalls {
  /** With a signature whose secret was made, `signingSecret` holds it, this once. */
  create(body: CreateEndpointBody): Promise<EndpointWithSecret>;
  /** One page; `nextCursor` leads to the next. */
  list(query?: PageQuery): Promise<EndpointPage>;
  get(endpointId: string): Promise<Endpoint>;
  /** Changes what is named; `auth` replaces all strategies. */
  update(endpointId: string, body: UpdateEndpointBody): Promise<EndpointWithSecret>;
  delete(endpointId: string): Promise<void>;
  /** Nothing is sent until it is resumed. */
  pause(endpointId: string): Promise<Endpoint>;
  resume(endpointId: string): Promise<Endpoint>;
  /** A new signing secret, in `signingSecret` this once; the one before signs too for `overlapSeconds`, default 86 400. */
  rotateSecret(endpointId: string, body?: RotateBody): Promise<EndpointWithSecret>;
  /**
   * Sends a test event now; a target that does not take it is an answer, no error. Takes up to `timeoutMs` of the
   * endpoint, so `timeoutMs` of the client must be above it.
   */
  test(endpointId: string): Promise<EndpointTest>;
  /** Sends messages of one call or of a time range again. */
  replay(endpointId: string, body: ReplayBody): Promise<ReplayResult>;
}

const ENDPOINTS = '/earshot/v1/endpoints';
const ENDPOINT = '/earshot/v1/endpoints/{endpointId}';

export function endpointCalls(api: Client<paths>): EndpointCalls {
  const byId = (endpointId: string) => ({ params: { path: { endpointId } } });
  return {
    create: async (body) => await unwrap(api.POST(ENDPOINTS, { body })),
    list: async (query = {}) => await unwrap(api.GET(ENDPOINTS, { params: { query } })),
    get: async (endpointId) => await unwrap(api.GET(ENDPOINT, byId(endpointId))),
    update: async (endpointId, body) => await unwrap(api.PATCH(ENDPOINT, { ...byId(endpointId), body })),
    delete: async (endpointId) => {
      await unwrap(api.DELETE(ENDPOINT, byId(endpointId)));
    },
    pause: async (endpointId) => await unwrap(api.POST(`${ENDPOINT}/pause`, byId(endpointId))),
    resume: async (endpointId) => await unwrap(api.POST(`${ENDPOINT}/resume`, byId(endpointId))),
    rotateSecret: async (endpointId, body = {}) =>
      await unwrap(api.POST(`${ENDPOINT}/rotate-secret`, { ...byId(endpointId), body })),
    test: async (endpointId) => await unwrap(api.POST(`${ENDPOINT}/test`, byId(endpointId))),
    replay: async (endpointId, body) =>
      await unwrap(api.POST(`${ENDPOINT}/replay`, { ...byId(endpointId), body })),
  };
}
