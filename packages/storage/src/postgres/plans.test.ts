import { createTestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { BUSY, BUSY_NOW_MS, BUSY_ROWS, busyCall } from '../testing/busy-rows.ts';
import { createPlannedDatabase, type Plan } from '../testing/planned-database.ts';
import { createCallStore } from './calls/call-store.ts';
import { createConversationStore } from './messages/conversation-store.ts';
import { openDatabase, type Database } from './database.ts';
import { createDeliveryReplays } from './deliveries/delivery-replays.ts';
import { createExportStore } from './exports/export-store.ts';
import { createKeyStore } from './accounts/key-store.ts';
import { createLaneStore } from './deliveries/lane-store.ts';
import { createLiveMessageStore } from './messages/live-message-store.ts';
import { createMessageStore } from './messages/message-store.ts';
import { createRecordingStore } from './recordings/recording-store.ts';
import { createRetentionStore } from './retention/retention-store.ts';
import { createUtteranceStore } from './exports/utterance-store.ts';

const { tenantId, endpointId, holder } = BUSY;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A call that is over, and one that is live. */
const call = busyCall(700);
const live = busyCall(5995);
const lane = { tenantId, endpointId, conversationId: live.conversationId };
const ended = { tenantId, conversationId: call.conversationId };
const PENDING_CALLS = Array.from({ length: 20 }, (_, index) => busyCall(5800 + index * 5));

/** What is read of tables that have more rows is found by an index. Days of messages that are to come are empty. */
const ROWS_READ_WHOLE_MAX = 50;

type Stores = ReturnType<typeof openStores>;

function openStores(database: Database) {
  return {
    calls: createCallStore(database, () => undefined),
    conversations: createConversationStore(database),
    replays: createDeliveryReplays(database),
    exports: createExportStore(database),
    keys: createKeyStore(database),
    lanes: createLaneStore(database),
    liveMessages: createLiveMessageStore(database),
    messages: createMessageStore(database),
    recordings: createRecordingStore(database),
    retention: createRetentionStore(database),
    utterances: createUtteranceStore(database),
  };
}

const lease = { tenantId, sessionId: live.sessionId, leaseEpoch: 1 };
const after = { clientTimestampMs: BUSY_NOW_MS, roleOrder: 0, messageId: call.messageId };
const batch = { tenantId, nowMs: BUSY_NOW_MS + 3 * DAY_MS, limit: 20 };

const CASES: readonly { readonly what: string; readonly ask: (stores: Stores) => Promise<unknown> }[] = [
  { what: 'a request is authenticated', ask: ({ keys }) => keys.find('key-7') },
  {
    what: 'an utterance is committed',
    ask: ({ calls }) =>
      calls.commitUtterance({
        ...lease,
        conversationId: live.conversationId,
        message: {
          messageId: '01NEW',
          streamId: call.sessionId,
          role: 'customer',
          senderExternalId: 'customer',
          text: 'words',
          startMs: 0,
          endMs: 900,
          clientTimestampMs: BUSY_NOW_MS,
        },
        fromSample: 0,
        throughSample: 8000,
        redactionState: undefined,
        webhookBody: '{"text":"words"}',
      }),
  },
  {
    what: 'progress is saved',
    ask: ({ calls }) =>
      calls.saveProgress({
        ...lease,
        advance: [{ role: 'agent', fromSample: 0, throughSample: 8000 }],
        progress: [{ role: 'agent', audioBytes: 16_000 }],
        contactId: undefined,
        checkpoint: {},
        mediaReport: undefined,
      }),
  },
  { what: 'controls of sessions are read', ask: ({ calls }) => calls.readControls([lease]) },
  { what: 'a session is read', ask: ({ calls }) => calls.getSession(tenantId, call.sessionId) },
  { what: 'a call is read', ask: ({ calls }) => calls.getCall(tenantId, call.guid) },
  {
    what: 'a call is stopped',
    ask: ({ calls }) => calls.requestStop({ tenantId, guid: call.guid, stopAtMs: BUSY_NOW_MS }),
  },
  {
    what: 'sessions nobody has are looked for',
    ask: ({ calls }) => calls.listUnclaimed({ acceptedBeforeMs: BUSY_NOW_MS, limit: 100 }),
  },
  { what: 'a session is taken over', ask: ({ calls }) => calls.lease(tenantId, busyCall(5999).sessionId) },
  { what: 'a lane is held', ask: ({ lanes }) => lanes.hold(lane, holder, BUSY_NOW_MS + MINUTE_MS) },
  {
    what: 'pending deliveries are read',
    ask: ({ lanes }) =>
      lanes.fetchPending(
        PENDING_CALLS.map(({ conversationId }) => ({ lane: { ...lane, conversationId }, afterSequence: 3 })),
        4,
      ),
  },
  {
    what: 'results are recorded',
    ask: ({ lanes }) =>
      lanes.recordResults(
        holder,
        PENDING_CALLS.map(({ deliveryId }) => ({
          deliveryId,
          state: 'delivered',
          attempted: true,
          status: 200,
          errorCode: undefined,
          detail: undefined,
          durationMs: 12,
          atMs: BUSY_NOW_MS,
        })),
      ),
  },
  { what: 'a lane is released', ask: ({ lanes }) => lanes.release(lane, holder) },
  { what: 'a lane is deferred', ask: ({ lanes }) => lanes.defer(lane, holder, BUSY_NOW_MS) },
  {
    what: 'old pending deliveries are dropped',
    ask: ({ lanes }) =>
      lanes.dropExcess({
        tenantId,
        endpointId,
        pendingMax: 100,
        createdBeforeMs: BUSY_NOW_MS - 30_000,
        atMs: BUSY_NOW_MS,
      }),
  },
  { what: 'the backlog is read', ask: ({ lanes }) => lanes.readBacklog() },
  {
    what: 'deliveries of an endpoint are listed',
    ask: ({ lanes }) => lanes.listDeliveries({ tenantId, endpointId, state: 'dead', limit: 50 }),
  },
  { what: 'a delivery is read', ask: ({ replays }) => replays.get(tenantId, call.deliveryId) },
  {
    what: 'dead deliveries are replayed',
    ask: ({ replays }) =>
      replays.replayBatch({ tenantId, endpointId, states: ['dead'], limit: 100, atMs: BUSY_NOW_MS }),
  },
  {
    what: 'messages of a call are read',
    ask: ({ messages }) => messages.listByExternalId({ tenantId, externalId: call.guid, limit: 1000 }),
  },
  {
    what: 'a later page is read',
    ask: ({ messages }) => messages.listByConversationId({ ...ended, after, limit: 1000 }),
  },
  { what: 'the version of a call is read', ask: ({ messages }) => messages.getVersion(ended) },
  { what: 'a message is read', ask: ({ messages }) => messages.get({ ...ended, messageId: call.messageId }) },
  {
    what: 'messages with their times are read',
    ask: ({ messages }) => messages.listTimed({ ...ended, limit: 1000 }),
  },
  {
    what: 'a live call is followed',
    ask: ({ liveMessages }) =>
      liveMessages.listCommitted({ ...lane, position: { sinceMs: BUSY_NOW_MS, messageIds: [] }, limit: 100 }),
  },
  {
    what: 'a conversation is read',
    ask: ({ conversations }) => conversations.findByExternalId(tenantId, call.guid),
  },
  {
    what: 'parts of a recording are read',
    ask: ({ recordings }) => recordings.listParts({ tenantId, sessionId: call.sessionId }),
  },
  {
    what: 'recordings of a call are read',
    ask: ({ recordings }) => recordings.listByConversation(tenantId, call.conversationId),
  },
  {
    what: 'recordings to finish are looked for',
    ask: ({ recordings }) => recordings.claimUnfinished({ leaseMs: MINUTE_MS, unclosedMs: MINUTE_MS }),
  },
  {
    what: 'days to export are looked for',
    ask: ({ exports }) =>
      exports.listDue({
        nowMs: BUSY_NOW_MS,
        throughDay: '2026-11-22',
        emptyFromDay: '2026-11-16',
        storedBeforeMs: BUSY_NOW_MS,
        hours: [{ day: '2026-11-23', count: 3 }],
        limit: 100,
      }),
  },
  {
    what: 'a day is exported',
    ask: ({ utterances }) =>
      utterances.listSpoken({
        tenantId,
        fromMs: Date.UTC(2026, 10, 20),
        toMs: Date.UTC(2026, 10, 21),
        storedBeforeMs: BUSY_NOW_MS,
        limit: 1000,
      }),
  },
  {
    what: 'a call is started',
    ask: ({ calls }) =>
      calls.startSession({
        tenantId,
        appId: BUSY.appId,
        guid: call.guid,
        customerExternalId: 'customer',
        agentExternalId: 'agent',
        settings: {
          language: 'en-US',
          detailedToken: false,
          audioRecordingAllowed: false,
          redactionOutput: 'redacted',
        },
        media: { streamArn: 'arn', selector: { type: 'NOW' } },
        acceptedAtMs: BUSY_NOW_MS,
      }),
  },
  {
    what: 'a session is ended',
    ask: ({ calls }) =>
      calls.endSession({
        ...lease,
        reason: 'stopped',
        trouble: undefined,
        endedAtMs: BUSY_NOW_MS,
        progress: [],
        mediaReport: undefined,
      }),
  },
  {
    what: 'lanes nobody holds are looked for',
    ask: ({ lanes }) => lanes.listUnheld({ pendingBeforeMs: BUSY_NOW_MS, nowMs: BUSY_NOW_MS, limit: 100 }),
  },
  {
    what: 'messages are filed',
    ask: ({ messages }) =>
      messages.file({
        ...ended,
        messages: [
          {
            messageId: '01F',
            role: 'agent',
            text: 'words',
            senderExternalId: 'a',
            clientTimestampMs: BUSY_NOW_MS,
          },
        ],
      }),
  },
  {
    what: 'deliveries of a call are listed',
    ask: ({ lanes }) => lanes.listDeliveries({ tenantId, guid: call.guid, limit: 50 }),
  },
  {
    what: 'a hold is placed',
    ask: ({ retention }) =>
      retention.placeHold({ tenantId, externalId: busyCall(600).guid, placedBy: 'key', atMs: BUSY_NOW_MS }),
  },
  {
    what: 'expired recordings are looked for',
    ask: ({ retention }) => retention.claimExpiredRecordings(batch),
  },
  {
    what: 'a customer is erased',
    ask: ({ retention }) =>
      retention.eraseCustomer('customer-7', {
        tenantId,
        erasureId: 'erasure',
        subjectHash: new Uint8Array([1]),
        requestedBy: 'key',
        erasedAtMs: BUSY_NOW_MS,
        eraseAudio: async () => undefined,
        sign: () => 'signed',
      }),
  },
  {
    what: 'expired days of exports are looked for',
    ask: ({ exports }) => exports.listExpired({ nowMs: batch.nowMs, limit: 100 }),
  },
  {
    what: 'an expired day of exports is claimed and forgotten',
    async ask({ exports }) {
      const expired = { nowMs: BUSY_NOW_MS + 5 * DAY_MS, leaseMs: MINUTE_MS };
      const claim = await exports.claimExpired({ tenantId, day: '2026-11-16' }, expired);
      return claim && (await exports.forgetDay(claim));
    },
  },
  {
    what: 'what was erased and what is kept is told',
    async ask({ retention }) {
      await retention.listErased({ tenantId, fromDay: '2026-10-25', toDay: '2026-11-23' });
      await retention.readKept(tenantId);
    },
  },
  {
    what: 'expired receipts are erased',
    ask: ({ retention }) => retention.eraseExpiredReceipts(batch),
  },
  {
    what: 'receipts are listed',
    ask: ({ retention }) =>
      retention.listReceipts({
        tenantId,
        fromMs: BUSY_NOW_MS - 7 * DAY_MS,
        beforeMs: BUSY_NOW_MS,
        cursor: `${BUSY_NOW_MS - DAY_MS}.erasure-1`,
        limit: 50,
      }),
  },
  {
    what: 'receipts are listed from the newest on',
    ask: ({ retention }) => retention.listReceipts({ tenantId, limit: 50 }),
  },
  { what: 'holds are listed', ask: ({ retention }) => retention.listHolds({ tenantId, limit: 50 }) },
  { what: 'expired conversations are erased', ask: ({ retention }) => retention.eraseExpired(batch) },
  {
    what: 'expired recordings are claimed',
    ask: ({ retention }) => retention.claimExpiredRecordings(batch),
  },
  { what: 'expired deliveries are erased', ask: ({ retention }) => retention.eraseExpiredDeliveries(batch) },
];

describe('The plans of statements', () => {
  let database: Database;
  let planner: Client;
  let drop: () => Promise<void>;
  let stores: Stores;
  let takePlans: () => Plan[];
  let large: ReadonlySet<string>;

  beforeAll(async () => {
    const { url, ...created } = await createTestDatabase();
    drop = () => created.drop();
    await migrate(url);
    planner = new Client({ connectionString: url });
    await planner.connect();
    await planner.query(BUSY_ROWS);
    await planner.query('vacuum analyze');
    const tables = await planner.query<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and reltuples > ${ROWS_READ_WHOLE_MAX}`,
    );
    large = new Set(tables.rows.map(({ name }) => name));
    database = openDatabase({
      databaseUrl: url,
      connectionsMax: 2,
      connectionWaitMsMax: 5000,
      statementTimeoutMs: 10_000,
      lockTimeoutMs: 5000,
      idleTransactionMsMax: 10_000,
      onBackgroundError: () => undefined,
    });
    const planned = createPlannedDatabase(database, planner);
    takePlans = planned.takePlans;
    stores = openStores(planned.database);
  });
  afterAll(async () => {
    await database.close();
    await planner.end();
    await drop();
  });

  it.each(CASES)('find rows by an index when $what', async ({ ask }) => {
    takePlans();
    await ask(stores);
    const plans = takePlans();
    expect(plans.length).toBeGreaterThan(0);
    const readWhole = plans.flatMap(({ mode, statement, nodes }) =>
      nodes
        .filter((node) => node['Node Type'] === 'Seq Scan' && large.has(node['Relation Name'] ?? ''))
        .map((node) => ({ mode, table: node['Relation Name'], statement })),
    );
    expect(readWhole).toEqual([]);
  });

  it('notices a table that is read as a whole', async () => {
    const { database: watched, takePlans: take } = createPlannedDatabase(database, planner);
    await watched.run('count', 'select count(*) from deliveries where body = $1', ['x']);
    expect(take().flatMap(({ nodes }) => nodes.map((node) => node['Node Type']))).toContain('Seq Scan');
  });

  it.each([
    {
      what: 'messages of a call',
      ask: CASES.find(({ what }) => what === 'messages with their times are read'),
    },
    { what: 'utterances of a day', ask: CASES.find(({ what }) => what === 'a day is exported') },
  ])('take $what off the index in their order', async ({ ask }) => {
    takePlans();
    await ask?.ask(stores);
    expect(takePlans().flatMap(({ nodes }) => nodes.map((node) => node['Node Type']))).not.toContain('Sort');
  });
});
