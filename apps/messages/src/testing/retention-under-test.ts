import { withCheckedAnswers } from '@earshot/api/testing';
import type { Scope } from '@earshot/auth';
import { createApp } from '@earshot/http';
import { fakeKey } from '@earshot/http/testing';
import type {
  EraseOutcome,
  ErasedCounts,
  ErasedDay,
  ErasedRows,
  ErasureReceipt,
  ErasureRequest,
  ErasureSubject,
  KeptRows,
  LegalHold,
  RetentionSettings,
} from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { MESSAGES_ERROR_CODES } from '../app.ts';
import { addRetentionRoutes } from '../retention-routes.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);

export const COUNTS: ErasedCounts = {
  conversations: 1,
  sessions: 2,
  messages: 84,
  sealedTexts: 3,
  deliveries: 168,
  attempts: 170,
  redactionStates: 1,
  recordings: 2,
  exportDays: 1,
};

export const NOTHING_GONE: ErasedRows = {
  conversations: 0,
  messages: 0,
  recordings: 0,
  deliveries: 0,
  exportDays: 0,
  receipts: 0,
};

const KEPT: KeptRows = {
  conversationsSinceMs: NOW_MS,
  recordingsSinceMs: undefined,
  deliveriesSinceMs: NOW_MS,
  receiptsSinceMs: undefined,
  exportsSinceDay: undefined,
  exportDayCount: 0,
  holdCount: 0,
};

export interface RetentionSetting {
  readonly scopes?: readonly Scope[];
  /** What is in the way of every erasure. */
  readonly obstacle?: Exclude<EraseOutcome, { readonly type: 'erased' }>;
  readonly recordingObjects?: ObjectStore;
  /** Of the list of holds. */
  readonly holdsFailure?: Error;
  /** Of the list of erasures. */
  readonly erasuresFailure?: Error;
  /** Of the counts. */
  readonly countsFailure?: Error;
  readonly erased?: readonly ErasedDay[];
  readonly kept?: KeptRows;
  readonly requestsPerSecond?: number;
  /** Instead of those of the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the conversation `call`, whose id is `01CALL`. */
  readonly recordingCount?: number;
}

/** The routes over a store in memory that knows the conversation `call` of the customer `caller` of `tenant-1`. */
export function retentionUnderTest(setting: RetentionSetting = {}) {
  const { scopes = ['admin'], obstacle, recordingObjects, recordingCount = 0, holdsFailure } = setting;
  const { countsFailure, erasuresFailure, erased = [], kept = KEPT } = setting;
  const askedDays: object[] = [];
  const askedStretches: object[] = [];
  const key = fakeKey(...scopes);
  const metrics = createMetrics('messages');
  const logger = createLogger({ app: 'messages', level: 'silent' });
  const clock = { now: () => NOW_MS };
  const receipts = new Map<string, ErasureReceipt>();
  const holds = new Map<string, LegalHold>();
  let settings: RetentionSettings = { messagesDays: 7, deliveriesDays: 7, auditDays: 365 };
  const erase = async (
    subject: ErasureSubject,
    known: boolean,
    request: ErasureRequest,
  ): Promise<EraseOutcome> => {
    if (!known || request.tenantId !== 'tenant-1' || receipts.size > 0) return { type: 'unknown' };
    if (obstacle !== undefined) return obstacle;
    const { sign, eraseAudio, ...named } = request;
    await eraseAudio({ conversationIds: ['01CALL'], recordingCount });
    const erasure = { ...named, subject, counts: COUNTS };
    const receipt = { ...erasure, digest: sign(erasure) };
    receipts.set(request.erasureId, receipt);
    return { type: 'erased', receipt, complete: true };
  };
  const app = withCheckedAnswers(
    createApp({
      logger,
      metrics,
      clock,
      keys: key.lookup,
      rateLimit: { requestsPerSecond: setting.requestsPerSecond ?? 1000 },
      checkReady: async () => {},
      errorCodes: MESSAGES_ERROR_CODES,
    }),
  );
  addRetentionRoutes(app, {
    logger,
    clock,
    recordingObjects,
    erasureHmacKey: Buffer.alloc(32, 7),
    retention: {
      eraseConversation: async (id, request) => erase('conversation', id === 'call', request),
      eraseCustomer: async (id, request) => erase('customer', id === 'caller', request),
      findErasureOf: async (_tenantId, hash) =>
        [...receipts.values()].find(({ subjectHash }) => Buffer.from(hash).equals(subjectHash))?.erasureId,
      findReceipt: async (_tenantId, erasureId) => receipts.get(erasureId),
      async listReceipts({ cursor = '', limit, fromMs, beforeMs }) {
        if (erasuresFailure !== undefined) throw erasuresFailure;
        askedStretches.push({ fromMs, beforeMs });
        const after = [...receipts.values()].filter(({ erasureId }) => erasureId > cursor);
        const items = after.slice(0, limit);
        return { items, nextCursor: after.length > limit ? items.at(-1)?.erasureId : undefined };
      },
      async placeHold({ externalId, atMs, placedBy }) {
        if (externalId !== 'call') return undefined;
        const hold = holds.get(externalId) ?? { externalId, placedAtMs: atMs, placedBy };
        holds.set(externalId, hold);
        return hold;
      },
      async listHolds({ cursor = '', limit }) {
        if (holdsFailure !== undefined) throw holdsFailure;
        const after = [...holds.values()].filter(({ externalId }) => externalId > cursor);
        const items = after.slice(0, limit);
        return { items, nextCursor: after.length > limit ? items.at(-1)?.externalId : undefined };
      },
      async liftHold(_tenantId, externalId) {
        holds.delete(externalId);
        return externalId === 'call';
      },
      async listErased(days) {
        if (countsFailure !== undefined) throw countsFailure;
        askedDays.push(days);
        return erased;
      },
      readKept: async () => kept,
      getSettings: async () => settings,
      putSettings: async (_tenantId, next) => void (settings = next),
    },
  });
  const send = async (method: string, path: string, body?: unknown) =>
    await app.request(`/earshot/v1/${path}`, {
      method,
      headers: { ...key.headers, ...setting.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { send, receipts, holds, askedDays, askedStretches };
}

export async function readProblem(response: Response) {
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  return { status: response.status, code, detail };
}
