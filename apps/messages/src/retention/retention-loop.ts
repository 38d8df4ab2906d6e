import type { Clock } from '@earshot/domain';
import type { MessageDays, RetentionStore } from '@earshot/storage';
import type { Logger, Metrics } from '@earshot/telemetry';
import {
  eraseExpiredRecordings,
  sweepRecordings,
  type RecordingEraseDeps,
} from './erase-expired-recordings.ts';

export type ExpiryStore = Pick<
  RetentionStore,
  'listTenants' | 'eraseExpired' | 'eraseExpiredDeliveries' | 'eraseExpiredReceipts'
> &
  RecordingEraseDeps['retention'];

export interface RetentionLoopDeps extends RecordingEraseDeps {
  readonly retention: ExpiryStore;
  readonly messageDays: MessageDays;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

type Kind = 'recordings' | 'conversations' | 'messages' | 'message-days' | 'deliveries' | 'receipts';
type Count = (kind: Kind, rows: number) => void;

const TENANTS_PER_PAGE = 100;
/** Of one transaction. */
const CONVERSATIONS_PER_BATCH = 20;
const ROWS_PER_BATCH = 500;
const RECORDINGS_PER_BATCH = 100;
/** Of a tenant and kind in one pass, so that a tenant with much to erase leaves the others their turn. */
const BATCHES_PER_PASS = 250;
/** Every folder of the store is listed for it, and only what a killed process left is ever found. */
const SWEEP_EVERY_MS = 6 * 3_600_000;

/** Erases what is too old of every tenant, in batches, until nothing is left, the pass has had its share, or `signal` fires. */
export async function eraseExpiredOnce(
  deps: RetentionLoopDeps,
  count: Count,
  signal: AbortSignal,
): Promise<void> {
  for await (const tenantId of eachTenant(deps, signal)) {
    await eraseRecordingsOfTenant(deps, tenantId, count, signal);
  }
  if (!signal.aborted) await turnDays(deps, count);
  for await (const tenantId of eachTenant(deps, signal)) {
    await eraseOfTenant(deps, tenantId, count, signal);
  }
}

/** Days that cannot be had now are tried again at the next pass; what is in them is erased row by row meanwhile. */
async function turnDays({ messageDays, clock, logger }: RetentionLoopDeps, count: Count): Promise<void> {
  try {
    await messageDays.makeAhead(clock.now());
    const dropped = await messageDays.dropExpired(clock.now());
    count('messages', dropped.messages);
    count('message-days', dropped.days);
  } catch (error) {
    logger.warn('retention.days-failed', { error });
  }
}

/** Deletes audio of every tenant whose conversations are gone. It has no row, so that no process can tell that it was the one. */
async function sweepOnce(deps: RetentionLoopDeps, signal: AbortSignal): Promise<void> {
  for await (const tenantId of eachTenant(deps, signal)) {
    try {
      const folderCount = await sweepRecordings(deps, tenantId, signal);
      if (folderCount > 0) deps.logger.info('retention.leftovers-erased', { tenantId, folderCount });
    } catch (error) {
      deps.logger.warn('retention.recordings-failed', { tenantId, error });
    }
  }
}

async function* eachTenant(
  { retention }: RetentionLoopDeps,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  for (let after: string | undefined; !signal.aborted;) {
    const page = await retention.listTenants({
      limit: TENANTS_PER_PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const tenantId of page) {
      if (signal.aborted) return;
      yield tenantId;
    }
    after = page.at(-1);
    if (page.length < TENANTS_PER_PAGE) return;
  }
}

/** A store that cannot be reached keeps recordings and their conversations, and nothing else. */
async function eraseRecordingsOfTenant(
  deps: RetentionLoopDeps,
  tenantId: string,
  count: Count,
  signal: AbortSignal,
): Promise<void> {
  try {
    await inBatches(signal, RECORDINGS_PER_BATCH, async (limit) => {
      const batch = { tenantId, nowMs: deps.clock.now(), limit };
      const { dueCount, erasedCount } = await eraseExpiredRecordings(deps, batch);
      count('recordings', erasedCount);
      return dueCount;
    });
  } catch (error) {
    deps.logger.warn('retention.recordings-failed', { tenantId, error });
  }
}

/** A tenant whose rows cannot be erased does not keep the others waiting. */
async function eraseOfTenant(
  { retention, clock, logger }: RetentionLoopDeps,
  tenantId: string,
  count: Count,
  signal: AbortSignal,
): Promise<void> {
  const batch = (limit: number) => ({ tenantId, nowMs: clock.now(), limit });
  try {
    await inBatches(signal, CONVERSATIONS_PER_BATCH, async (limit) => {
      const { conversations, messages, deliveries } = await retention.eraseExpired(batch(limit));
      count('conversations', conversations);
      count('messages', messages);
      count('deliveries', deliveries);
      return conversations;
    });
    await inBatches(signal, ROWS_PER_BATCH, async (limit) => {
      const deliveries = await retention.eraseExpiredDeliveries(batch(limit));
      count('deliveries', deliveries);
      return deliveries;
    });
    await inBatches(signal, ROWS_PER_BATCH, async (limit) => {
      const receipts = await retention.eraseExpiredReceipts(batch(limit));
      count('receipts', receipts);
      return receipts;
    });
  } catch (error) {
    logger.warn('retention.failed', { tenantId, error });
  }
}

async function inBatches(
  signal: AbortSignal,
  limit: number,
  erase: (limit: number) => Promise<number>,
): Promise<void> {
  for (let batches = 0; batches < BATCHES_PER_PASS && !signal.aborted; batches += 1) {
    if ((await erase(limit)) < limit) return;
  }
}

/** Looks at once and then at intervals, 0 for never; the answer stops it and waits for the batch under way. */
export function startRetention(deps: RetentionLoopDeps, everyMs: number): () => Promise<void> {
  const erased = deps.metrics.counter({
    name: 'earshot_retention_erased_total',
    help: 'Rows erased because of their age; message-days are days dropped as a whole',
    labels: ['kind'],
  });
  if (everyMs === 0) return async () => undefined;
  const stop = new AbortController();
  let sweepDueAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      current = pass().then(() => {
        if (!stop.signal.aborted) schedule(everyMs);
      });
    }, delayMs);
  };
  const pass = async (): Promise<void> => {
    try {
      const count: Count = (kind, rows) => erased.add(rows, { kind });
      await eraseExpiredOnce(deps, count, stop.signal);
      if (deps.clock.now() < sweepDueAtMs || stop.signal.aborted) return;
      sweepDueAtMs = deps.clock.now() + SWEEP_EVERY_MS;
      await sweepOnce(deps, stop.signal);
    } catch (error) {
      deps.logger.warn('retention.failed', { error });
    }
  };
  schedule(0);
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await current;
  };
}
