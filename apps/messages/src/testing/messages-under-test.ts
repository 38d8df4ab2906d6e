import { withCheckedAnswers } from '@earshot/api/testing';
import type { Scope } from '@earshot/auth';
import { fakeKey } from '@earshot/http/testing';
import { createFakeLiveBus } from '@earshot/queues/testing';
import type { ConversationStore, MessageStore, StoredConversation, StoredMessage } from '@earshot/storage';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createMessagesApp } from '../app.ts';
import { createLiveConnections } from '../live/live-connections.ts';

export const PATH = '/conversation/v1/conversation/messages';
const STARTED_AT_MS = Date.UTC(2026, 10, 23, 12);

/** A message `index` seconds into the call, customer and agent in turn. */
export function message(index: number): StoredMessage {
  return {
    messageId: `01GMXE90AEV7H3J4DPBDK${String(index).padStart(5, '0')}`,
    role: index % 2 === 0 ? 'customer' : 'agent',
    senderExternalId: index % 2 === 0 ? 'TT9833237' : 'RE223444211993',
    text: `utterance ${index}`,
    createdAtMs: STARTED_AT_MS + index * 1000 + 400,
    clientTimestampMs: STARTED_AT_MS + index * 1000,
  };
}

/** The id of the conversation of a test is its external id in capitals. */
function filed(externalId: string): StoredConversation {
  return {
    conversationId: externalId.toUpperCase(),
    externalId,
    customer: { externalId: 'TT9833237' },
    agent: { externalId: 'RE223444211993' },
    metadata: {},
  };
}

export interface MessagesSettings {
  readonly scopes?: readonly Scope[];
  readonly requestsPerSecond?: number;
  /** Messages of each conversation of tenant `tenant-1`, in order. */
  readonly conversations?: Readonly<Record<string, readonly StoredMessage[]>>;
  readonly listFails?: Error;
  readonly openFails?: Error;
}

export function messagesUnderTest(settings: MessagesSettings = {}) {
  const { scopes = ['messages:read'], conversations = {}, requestsPerSecond = 1000, listFails } = settings;
  const key = fakeKey(...scopes);
  const reads = { messages: 0 };
  const versionOf = (externalId: string) => ({
    conversationId: externalId.toUpperCase(),
    messageCount: conversations[externalId]?.length ?? 0,
    lastActivityAtMs: STARTED_AT_MS,
  });
  const messages: MessageStore = {
    async getVersion({ tenantId, ...named }) {
      const externalId = 'externalId' in named ? named.externalId : named.conversationId.toLowerCase();
      if (tenantId !== 'tenant-1' || conversations[externalId] === undefined) return undefined;
      return versionOf(externalId);
    },
    listByConversationId: ({ conversationId, ...input }) =>
      messages.listByExternalId({ ...input, externalId: conversationId.toLowerCase() }),
    async get({ tenantId, conversationId, messageId, unredacted = false }) {
      const list = { tenantId, conversationId, unredacted, limit: 100_000 };
      const page = await messages.listByConversationId(list);
      return page?.items.find((one) => one.messageId === messageId);
    },
    listTimed: async () => [],
    file: async () => 'unknown',
    async listByExternalId({ tenantId, externalId, after, unredacted, limit }) {
      if (listFails !== undefined) throw listFails;
      reads.messages += 1;
      const all = tenantId === 'tenant-1' ? conversations[externalId] : undefined;
      if (all === undefined) return undefined;
      const from =
        after === undefined ? 0 : all.findIndex(({ messageId }) => messageId === after.messageId) + 1;
      const items = all
        .slice(from, from + limit)
        .map(({ unredactedSealed, ...item }) =>
          unredacted === true && unredactedSealed !== undefined ? { ...item, unredactedSealed } : item,
        );
      const last = items.at(-1);
      const version = versionOf(externalId);
      if (last === undefined || from + limit >= all.length) return { items, next: undefined, version };
      const { clientTimestampMs, messageId, role } = last;
      const next = { clientTimestampMs, messageId, roleOrder: role === 'customer' ? 0 : 1 };
      return { items, next, version };
    },
  };
  const conversationOf = (tenantId: string, externalId: string) =>
    tenantId !== 'tenant-1' || conversations[externalId] === undefined ? undefined : filed(externalId);
  const store: ConversationStore = {
    find: async (tenantId, conversationId) => conversationOf(tenantId, conversationId.toLowerCase()),
    findByExternalId: async (tenantId, externalId) => conversationOf(tenantId, externalId),
    upsert: async () => '',
  };
  const metrics = createMetrics('messages');
  const app = withCheckedAnswers(
    createMessagesApp({
      logger: createLogger({ app: 'messages', level: 'silent' }),
      metrics,
      clock: { now: () => STARTED_AT_MS },
      keys: key.lookup,
      rateLimit: { requestsPerSecond },
      checkReady: async () => {},
      messages,
      conversations: store,
      calls: { getCall: async () => undefined },
      liveMessages: { listCommitted: async () => [] },
      bus: createFakeLiveBus(),
      connections: createLiveConnections(0, metrics),
      stallMs: 1000,
      lingerMs: 0,
      redactionSettings: { get: async () => ({ type: 'none' }) },
      redactionForced: false,
      messageIdKey: new Uint8Array(32),
      openSealed: async (tenantId, recordId, sealed) => {
        if (settings.openFails !== undefined) throw settings.openFails;
        return Buffer.concat([Buffer.from(`${tenantId} ${recordId} `), sealed]);
      },
    }),
  );
  const getPath = async (path: string, headers: Record<string, string> = {}) =>
    await app.request(path, { headers: { ...key.headers, ...headers } });
  const get = async (query: Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
    await app.request(`${PATH}?${new URLSearchParams(query).toString()}`, {
      headers: { ...key.headers, ...headers },
    });
  return { app, get, getPath, reads };
}

export async function readRefusal(
  response: Response,
): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code, message: error.message };
}
