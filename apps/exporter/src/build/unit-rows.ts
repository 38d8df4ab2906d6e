import type { UtteranceRow } from '@earshot/export-files';
import type { StoredUtterance, UtterancePosition, UtteranceStore } from '@earshot/storage';

const PAGE_ROWS = 5000;

export interface UnitRowsQuery {
  readonly tenantId: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly storedBeforeMs: number;
}

export interface RowCounts {
  rows: number;
  /** Stored at or after the instant given. */
  late: number;
}

/**
 * The utterances of a time in their order, counted as they pass. The next page is read while one is written; two are
 * held at a time. Each page is a short statement, so that no day is too long for the limit of one.
 */
export async function* unitRows(
  utterances: UtteranceStore,
  query: UnitRowsQuery,
  counts: RowCounts,
  { lateFromMs, signal }: { readonly lateFromMs: number; readonly signal: AbortSignal },
): AsyncGenerator<UtteranceRow> {
  const read = async (after?: UtterancePosition): Promise<readonly StoredUtterance[]> =>
    await utterances.listSpoken({ ...query, limit: PAGE_ROWS, ...(after === undefined ? {} : { after }) });
  let page = await read();
  while (page.length > 0) {
    signal.throwIfAborted();
    const last = page.at(-1);
    const next = page.length < PAGE_ROWS || last === undefined ? Promise.resolve([]) : read(last);
    // Awaited below; if the reader leaves before, its failure concerns nobody.
    next.catch(() => undefined);
    for (const utterance of page) {
      counts.rows += 1;
      if (utterance.createdAtMs >= lateFromMs) counts.late += 1;
      yield rowOf(query.tenantId, utterance);
    }
    page = await next;
  }
}

function rowOf(tenantId: string, utterance: StoredUtterance): UtteranceRow {
  return {
    createdAtMs: utterance.clientTimestampMs,
    conversationId: utterance.conversationId,
    externalConversationId: utterance.externalConversationId,
    utteranceId: utterance.messageId,
    streamId: utterance.streamId ?? null,
    senderType: utterance.role,
    senderId: utterance.senderExternalId ?? null,
    utterance: utterance.text,
    startMs: utterance.startMs ?? null,
    endMs: utterance.endMs ?? null,
    language: utterance.language ?? null,
    companyMarker: tenantId,
  };
}
