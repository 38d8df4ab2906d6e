import {
  validateGetRetentionCountsQuery,
  validateListErasuresQuery,
  validateListHoldsQuery,
  validatePutRetentionBody,
} from '@earshot/api';
import { jsonBody, queryParams, requireScope, type AppEnv } from '@earshot/http';
import type { RetentionStore } from '@earshot/storage';
import type { Hono } from 'hono';
import type { EraseDeps } from './retention/erase-named.ts';
import { eraseConversation } from './routes/erase-conversation/handler.ts';
import { eraseCustomer } from './routes/erase-customer/handler.ts';
import { getErasure } from './routes/get-erasure/handler.ts';
import { getRetentionCounts } from './routes/get-retention-counts/handler.ts';
import { getRetention } from './routes/get-retention/handler.ts';
import { liftHold } from './routes/lift-hold/handler.ts';
import { listErasures } from './routes/list-erasures/handler.ts';
import { listHolds } from './routes/list-holds/handler.ts';
import { placeHold } from './routes/place-hold/handler.ts';
import { putRetention } from './routes/put-retention/handler.ts';

export interface RetentionRouteDeps extends EraseDeps {
  readonly retention: Pick<
    RetentionStore,
    | 'eraseConversation'
    | 'eraseCustomer'
    | 'findErasureOf'
    | 'findReceipt'
    | 'listReceipts'
    | 'placeHold'
    | 'liftHold'
    | 'listHolds'
    | 'listErased'
    | 'readKept'
    | 'getSettings'
    | 'putSettings'
  >;
}

/** How long what is kept, how much was erased, and what is erased on request. */
export function addRetentionRoutes(app: Hono<AppEnv>, deps: RetentionRouteDeps): void {
  const admin = requireScope('admin');
  const conversation = '/earshot/v1/conversations/:externalId';
  app.delete(conversation, admin, eraseConversation(deps));
  app.put(`${conversation}/hold`, admin, placeHold(deps));
  app.delete(`${conversation}/hold`, admin, liftHold(deps));
  app.delete('/earshot/v1/customers/:customerExternalId', admin, eraseCustomer(deps));
  app.get('/earshot/v1/erasures', admin, queryParams(validateListErasuresQuery), listErasures(deps));
  app.get('/earshot/v1/erasures/:erasureId', admin, getErasure(deps));
  const settings = '/earshot/v1/retention';
  app.get(settings, admin, getRetention(deps));
  app.get(`${settings}/holds`, admin, queryParams(validateListHoldsQuery), listHolds(deps));
  const days = queryParams(validateGetRetentionCountsQuery);
  app.get(`${settings}/counts`, admin, days, getRetentionCounts(deps));
  app.put(settings, admin, jsonBody(validatePutRetentionBody), putRetention(deps));
}
