import type {
  ErasureReceipt,
  GetRetentionCountsQuery,
  LegalHold,
  ListErasuresQuery,
  PageQuery,
  paths,
  RetentionCounts,
  RetentionSettings,
  VerifiedErasure,
} from '@earshot/api';
import type { Client } from 'openapi-fetch';
import { eachItem } from './each-item.ts';
import { unwrap } from './unwrap.ts';

/** How long what is kept, how much was erased, and what is erased on request; all of it needs the scope `admin`. */
export interface RetentionCalls {
  /** The days each kind is kept. */
  get(): Promise<RetentionSettings>;
  /** Counts at once for what is stored already. */
  put(settings: RetentionSettings): Promise<RetentionSettings>;
  /**
   * Rows erased by their age and on request, in all and on each UTC day of those that are named, `2026-11-22`, up to 366; the
   * last 30 unless told otherwise. With it, the oldest that is kept of each kind. `400-03`: no such days.
   */
  counts(days?: GetRetentionCountsQuery): Promise<RetentionCounts>;
  /** For good. `409-01` while a call of it runs or it is held, `404-01` when there is no such conversation. */
  eraseConversation(externalId: string): Promise<ErasureReceipt>;
  /**
   * Every conversation the customer took part in, a receipt for each hundred. After an error what came before it stays
   * erased: ask again.
   */
  eraseCustomer(customerExternalId: string): AsyncIterable<ErasureReceipt>;
  /** A receipt as it is stored, with whether it is as it was given. */
  getErasure(erasureId: string): Promise<VerifiedErasure>;
  /**
   * Every receipt, the newest leading, also those whose answer was lost; of the UTC days that are named, `2026-11-22`. A page of
   * 100 is asked for when the one before is used up. `400-03`: no such days.
   */
  erasures(days?: Pick<ListErasuresQuery, 'from' | 'to'>): AsyncIterable<VerifiedErasure>;
  /** Nothing erases the conversation until the hold is lifted. */
  placeHold(externalId: string): Promise<LegalHold>;
  liftHold(externalId: string): Promise<void>;
  /** Every conversation on hold, those that began first leading; a page of 100 is asked for when the one before is used up. */
  holds(): AsyncIterable<LegalHold>;
}

const SETTINGS = '/earshot/v1/retention';
const CONVERSATION = '/earshot/v1/conversations/{externalId}';
const ITEMS_PER_PAGE = 100;

export function retentionCalls(api: Client<paths>): RetentionCalls {
  const named = (externalId: string) => ({ params: { path: { externalId } } });
  return {
    get: async () => await unwrap(api.GET(SETTINGS)),
    put: async (body) => await unwrap(api.PUT(SETTINGS, { body })),
    counts: async (query = {}) => await unwrap(api.GET(`${SETTINGS}/counts`, { params: { query } })),
    eraseConversation: async (externalId) => await unwrap(api.DELETE(CONVERSATION, named(externalId))),
    async *eraseCustomer(customerExternalId) {
      for (;;) {
        const path = { customerExternalId };
        const receipt = await unwrap(
          api.DELETE('/earshot/v1/customers/{customerExternalId}', { params: { path } }),
        );
        yield receipt;
        if (receipt.complete) return;
      }
    },
    getErasure: async (erasureId) =>
      await unwrap(api.GET('/earshot/v1/erasures/{erasureId}', { params: { path: { erasureId } } })),
    erasures: (days = {}) =>
      eachItem(async (page) => {
        const query: ListErasuresQuery = { ...days, limit: ITEMS_PER_PAGE, ...page };
        return await unwrap(api.GET('/earshot/v1/erasures', { params: { query } }));
      }),
    placeHold: async (externalId) => await unwrap(api.PUT(`${CONVERSATION}/hold`, named(externalId))),
    liftHold: async (externalId) => {
      await unwrap(api.DELETE(`${CONVERSATION}/hold`, named(externalId)));
    },
    holds: () =>
      eachItem(async (page) => {
        const query: PageQuery = { limit: ITEMS_PER_PAGE, ...page };
        return await unwrap(api.GET(`${SETTINGS}/holds`, { params: { query } }));
      }),
  };
}
