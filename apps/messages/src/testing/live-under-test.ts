import { withCheckedAnswers } from '@earshot/api/testing';
import type { Scope } from '@earshot/auth';
import { serve } from '@earshot/http';
import { fakeKey } from '@earshot/http/testing';
import type { LiveBus, LivePartial } from '@earshot/queues';
import { createFakeLiveBus, type FakeLiveBus } from '@earshot/queues/testing';
import type { CallSession, CommittedMessage } from '@earshot/storage';
import { sampleSession, sampleStream } from '@earshot/storage/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { onTestFinished } from 'vitest';
import { createMessagesApp } from '../app.ts';
import { createLiveConnections } from '../live/live-connections.ts';
import { readEvents, type EventReader } from './read-events.ts';

export const GUID = '8c259fea-8764-4a92-adc4-73572e9cf016';
const CONVERSATION_ID = '01GMXE90AEV7H3J4DPBDKC0NV0';
const STARTED_AT_MS = Date.UTC(2026, 10, 23, 12);

export interface LiveSettings {
  readonly scopes?: readonly Scope[];
  readonly connectionsMax?: number;
  readonly stallMs?: number;
  readonly lingerMs?: number;
  readonly pollMs?: number;
  readonly heartbeatMs?: number;
  /** Default: a bus that loses nothing. */
  readonly bus?: Pick<LiveBus, 'watch'>;
}

/** A call of `tenant-1` in memory that is followed over HTTP. */
export interface LiveCall {
  readonly baseUrl: string;
  readonly bus: FakeLiveBus;
  /** Stores a message, one second of commit time after the one before, and tells the bus. */
  say(text: string, change?: Partial<CommittedMessage>): CommittedMessage;
  hypothesis(text: string, change?: Partial<LivePartial>): void;
  /** Ends the newest session and tells the bus. */
  end(): void;
  /** A session after a hold. */
  resume(): void;
  /** Revokes the key of the followers. */
  revokeKey(): void;
  /** Moves the clock. */
  pass(durationMs: number): void;
  get(query?: string, headers?: Readonly<Record<string, string>>, guid?: string): Promise<Response>;
  head(query?: string): Promise<Response>;
  /** Follows and reads events until the test is over. */
  follow(query?: string, headers?: Readonly<Record<string, string>>): Promise<EventReader>;
  /** What the process does at SIGTERM. */
  drain(): Promise<void>;
}

export async function liveUnderTest(settings: LiveSettings = {}): Promise<LiveCall> {
  const key = fakeKey(...(settings.scopes ?? ['messages:read', 'transcripts:partial']));
  const bus = createFakeLiveBus();
  const sessions: CallSession[] = [sessionOf(1)];
  const messages: CommittedMessage[] = [];
  let nowMs = STARTED_AT_MS;
  let revokedAtMs: number | undefined;
  const metrics = createMetrics('messages');
  const connections = createLiveConnections(settings.connectionsMax ?? 10, metrics);
  const { stallMs = 5000, lingerMs = 60_000, pollMs = 60_000, heartbeatMs = 60_000 } = settings;
  const app = createMessagesApp({
    logger: createLogger({ app: 'messages', level: 'silent' }),
    metrics,
    clock: { now: () => nowMs },
    keys: {
      ...key.lookup,
      async findKey(apiId) {
        const stored = await key.lookup.findKey(apiId);
        return stored && { ...stored, revokedAtMs };
      },
    },
    rateLimit: { requestsPerSecond: 1000 },
    checkReady: async () => {},
    conversations: {
      find: async () => undefined,
      findByExternalId: async () => undefined,
      upsert: async () => '',
    },
    messages: {
      listByExternalId: async () => undefined,
      listByConversationId: async () => undefined,
      getVersion: async () => undefined,
      get: async () => undefined,
      listTimed: async () => [],
      file: async () => 'unknown',
    },
    redactionSettings: { get: async () => ({ type: 'none' }) },
    redactionForced: false,
    messageIdKey: new Uint8Array(32),
    openSealed: async (_tenantId, _recordId, sealed) => sealed,
    calls: {
      async getCall(tenantId, guid) {
        if (tenantId !== 'tenant-1' || guid !== GUID) return undefined;
        return { conversationId: CONVERSATION_ID, sessions: [...sessions] };
      },
    },
    liveMessages: {
      async listCommitted({ tenantId, conversationId, position, unredacted = false, limit }) {
        if (tenantId !== 'tenant-1' || conversationId !== CONVERSATION_ID) return [];
        const { sinceMs, messageIds } = position;
        return messages
          .filter((one) => one.createdAtMs >= sinceMs && !messageIds.includes(one.messageId))
          .toSorted((one, other) => one.createdAtMs - other.createdAtMs)
          .slice(0, limit)
          .map(({ unredactedSealed, ...one }) =>
            unredacted && unredactedSealed !== undefined ? { ...one, unredactedSealed } : one,
          );
      },
    },
    bus: settings.bus ?? bus,
    connections,
    stallMs,
    lingerMs,
    pollMs,
    heartbeatMs,
  });
  const server = await serve(app, { host: '127.0.0.1', port: 0, drainMs: 500 });
  const drain = async (): Promise<void> => {
    connections.close();
    await server.close();
  };
  onTestFinished(drain);
  const baseUrl = `http://127.0.0.1:${server.port}`;
  const where = { tenantId: 'tenant-1', conversationId: CONVERSATION_ID };
  const newest = (): CallSession => sessions.at(-1) ?? sessionOf(1);
  const served = withCheckedAnswers({
    request: (path: string, init?: RequestInit) => fetch(baseUrl + path, init),
  });
  const get: LiveCall['get'] = (query = '', headers = {}, guid = GUID) =>
    served.request(`/earshot/v1/calls/${guid}/live${query}`, { headers: { ...key.headers, ...headers } });

  return {
    baseUrl,
    bus,
    get,
    head: (query = '') =>
      served.request(`/earshot/v1/calls/${GUID}/live${query}`, { method: 'HEAD', headers: key.headers }),
    drain,
    say(text, change = {}) {
      const index = messages.length;
      const message: CommittedMessage = {
        messageId: `01GMXE90AEV7H3J4DPBDK${String(index).padStart(5, '0')}`,
        role: 'customer',
        senderExternalId: 'customer-1',
        text,
        createdAtMs: STARTED_AT_MS + index * 1000 + 400,
        clientTimestampMs: STARTED_AT_MS + index * 1000,
        streamId: newest().streams[0].streamId,
        startMs: index * 1000,
        endMs: index * 1000 + 900,
        ...change,
      };
      messages.push(message);
      const { messageId, streamId = '', startMs = 0 } = message;
      const { sessionId } = newest();
      bus.publish({ type: 'committed', ...where, sessionId, streamId, messageId, startMs });
      return message;
    },
    hypothesis(text, change = {}) {
      const { sessionId, streams } = newest();
      const { streamId, externalId, role } = streams[0];
      const who = { sessionId, streamId, role, senderExternalId: externalId, guid: GUID };
      const startMs = messages.length * 1000;
      const said = { text, startMs, endMs: startMs + 500, revision: 1 };
      bus.publish({ type: 'partial', ...where, ...who, ...said, ...change });
    },
    end() {
      const session = newest();
      sessions[sessions.length - 1] = { ...session, state: 'ended', endedAtMs: nowMs };
      bus.publish({ type: 'ended', ...where, sessionId: session.sessionId });
    },
    resume: () => void sessions.push(sessionOf(sessions.length + 1)),
    revokeKey: () => void (revokedAtMs = nowMs),
    pass: (durationMs) => void (nowMs += durationMs),
    async follow(query, headers) {
      const response = await get(query, headers);
      if (response.status !== 200) throw new Error(`Cannot follow: the answer has status ${response.status}`);
      const reader = readEvents(response);
      onTestFinished(() => reader.close());
      return reader;
    },
  };
}

function sessionOf(ordinal: number): CallSession {
  return sampleSession({
    sessionId: `00000000-0000-4000-8000-00000000000${ordinal}`,
    conversationId: CONVERSATION_ID,
    guid: GUID,
    ordinal,
    acceptedAtMs: STARTED_AT_MS,
    streams: [
      sampleStream({ role: 'customer', streamId: `stream-${ordinal}-customer` }),
      sampleStream({ role: 'agent', streamId: `stream-${ordinal}-agent` }),
    ],
  });
}
