import {
  followCallQuery,
  getRecordingQuery,
  getRetentionCountsQuery,
  getTranscriptQuery,
  listConversationMessagesQuery,
  listConversationsQuery,
  listCustomVocabulariesQuery,
  listDeliveriesQuery,
  listEndpointsQuery,
  listErasuresQuery,
  listEventsQuery,
  listHoldsQuery,
  listKeysQuery,
  listMessagesQuery,
  listRedactionEntitiesQuery,
} from '../generated/validators.gen.ts';
import type { CompiledCheck } from './compiled-check.ts';
import type {
  FollowCallQuery,
  GetRecordingQuery,
  GetRetentionCountsQuery,
  GetTranscriptQuery,
  ListConversationMessagesQuery,
  ListConversationsQuery,
  ListDeliveriesQuery,
  ListErasuresQuery,
  ListEventsQuery,
  ListMessagesQuery,
  PageQuery,
} from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Validation } from './validation.ts';

/** Query parameters as they stand in the URL; of a repeated one, the first. */
export type RawQuery = Readonly<Record<string, string>>;

export function validateListMessagesQuery(query: RawQuery): Validation<ListMessagesQuery> {
  return checked<ListMessagesQuery>(listMessagesQuery, query);
}

export function validateListConversationsQuery(query: RawQuery): Validation<ListConversationsQuery> {
  return checked<ListConversationsQuery>(listConversationsQuery, query);
}

export function validateListConversationMessagesQuery(
  query: RawQuery,
): Validation<ListConversationMessagesQuery> {
  return checked<ListConversationMessagesQuery>(listConversationMessagesQuery, query);
}

export function validateGetTranscriptQuery(query: RawQuery): Validation<GetTranscriptQuery> {
  return checked<GetTranscriptQuery>(getTranscriptQuery, query);
}

export function validateGetRecordingQuery(query: RawQuery): Validation<GetRecordingQuery> {
  return checked<GetRecordingQuery>(getRecordingQuery, query);
}

export function validateFollowCallQuery(query: RawQuery): Validation<FollowCallQuery> {
  return checked<FollowCallQuery>(followCallQuery, query);
}

export function validateListEndpointsQuery(query: RawQuery): Validation<PageQuery> {
  return checked<PageQuery>(listEndpointsQuery, query);
}

export function validateListHoldsQuery(query: RawQuery): Validation<PageQuery> {
  return checked<PageQuery>(listHoldsQuery, query);
}

export function validateListErasuresQuery(query: RawQuery): Validation<ListErasuresQuery> {
  return checked<ListErasuresQuery>(listErasuresQuery, query);
}

export function validateGetRetentionCountsQuery(query: RawQuery): Validation<GetRetentionCountsQuery> {
  return checked<GetRetentionCountsQuery>(getRetentionCountsQuery, query);
}

export function validateListKeysQuery(query: RawQuery): Validation<PageQuery> {
  return checked<PageQuery>(listKeysQuery, query);
}

export function validateListCustomVocabulariesQuery(query: RawQuery): Validation<PageQuery> {
  return checked<PageQuery>(listCustomVocabulariesQuery, query);
}

export function validateListRedactionEntitiesQuery(query: RawQuery): Validation<PageQuery> {
  return checked<PageQuery>(listRedactionEntitiesQuery, query);
}

export function validateListDeliveriesQuery(query: RawQuery): Validation<ListDeliveriesQuery> {
  return checked<ListDeliveriesQuery>(listDeliveriesQuery, query);
}

export function validateListEventsQuery(query: RawQuery): Validation<ListEventsQuery> {
  return checked<ListEventsQuery>(listEventsQuery, query);
}

/** The compiled check turns numbers in place, so it works on a copy; `T` is the type of the same parameters. */
function checked<T>(check: CompiledCheck, query: RawQuery): Validation<T> {
  const copy: Record<string, unknown> = { ...query };
  const problems = problemsOf(check, copy);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: copy as T };
}
