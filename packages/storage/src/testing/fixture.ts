import { randomUUID } from 'node:crypto';
import { deriveMessageId } from '@earshot/domain';
import { createTestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { migrate } from '../migrate.ts';
import { createStorage, type Storage } from '../storage.ts';
import type { CallSession } from '../stores/call-session.ts';
import type { CommitUtteranceInput, StartSessionInput } from '../stores/calls.ts';
import type { EndpointFields } from '../stores/endpoints.ts';
import { sampleStart } from './sample-start.ts';

export const T0 = Date.UTC(2026, 10, 23, 10, 0, 0);

export interface Fixture {
  readonly storage: Storage;
  readonly databaseUrl: string;
  /** Rows of any statement, for what no method answers. */
  readonly sql: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** One migrated database for the tests of a file, which keep apart by tenants of their own. */
export function useStorage(): Fixture {
  const state: { storage?: Storage; client?: Client; drop?: () => Promise<void>; url?: string } = {};
  beforeAll(async () => {
    const database = await createTestDatabase();
    state.drop = () => database.drop();
    state.url = database.url;
    await migrate(database.url);
    state.storage = createStorage({ databaseUrl: database.url });
    state.client = new Client({ connectionString: database.url });
    await state.client.connect();
  });
  afterAll(async () => {
    await state.client?.end();
    await state.storage?.close();
    await state.drop?.();
  });
  return {
    get storage() {
      return ready(state.storage);
    },
    get databaseUrl() {
      return ready(state.url);
    },
    sql: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await ready(state.client).query<Row>(text, [...values])).rows,
  };
}

function ready<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Cannot use the database before the tests have begun');
  return value;
}

export interface Account {
  readonly tenantId: string;
  readonly appId: string;
}

export async function newAccount({ sql }: Fixture): Promise<Account> {
  const account = { tenantId: `tenant-${randomUUID()}`, appId: `app-${randomUUID()}` };
  await sql('insert into tenants (tenant_id, name) values ($1, $2)', [account.tenantId, 'A tenant']);
  await sql('insert into apps (tenant_id, app_id, name) values ($1, $2, $3)', [
    account.tenantId,
    account.appId,
    'An app',
  ]);
  return account;
}

export function startInput(account: Account, change: Partial<StartSessionInput> = {}): StartSessionInput {
  return sampleStart({ ...account, acceptedAtMs: T0, ...change });
}

export async function startCall(storage: Storage, input: StartSessionInput): Promise<CallSession> {
  const outcome = await storage.calls.startSession(input);
  if (outcome.type !== 'started') throw new Error(`Cannot start the call of the test: ${outcome.type}`);
  return outcome.session;
}

export async function leaseCall(storage: Storage, session: CallSession) {
  const leased = await storage.calls.lease(session.tenantId, session.sessionId);
  if (leased === undefined) throw new Error('Cannot lease the session of the test');
  return leased;
}

export const ENDPOINT_FIELDS: EndpointFields = {
  name: 'Listener',
  url: 'https://listener.example/hook',
  enabled: true,
  policy: 'realtime',
  pendingMax: 100,
  pendingAgeMaxMs: 30_000,
  timeoutMs: 5000,
  auth: [{ type: 'secret', name: 'X-Key', in: 'header' }],
  partials: false,
  headOfLine: 'block',
  skipAfterAttempts: 5,
  inFlightMax: undefined,
  ratePerSecondMax: undefined,
  operationalEvents: false,
};

export async function newEndpoint(
  storage: Storage,
  account: Account,
  fields: Partial<EndpointFields> = {},
): Promise<string> {
  const endpointId = `endpoint-${randomUUID()}`;
  await storage.endpoints.create({
    ...account,
    endpointId,
    fields: { ...ENDPOINT_FIELDS, ...fields },
    secrets: [],
    atMs: T0,
  });
  return endpointId;
}

/** The commit of one second of speech from `fromSample` on. */
export function utterance(
  session: CallSession,
  leaseEpoch: number,
  fromSample: number,
  change: Partial<CommitUtteranceInput> & { readonly role?: 'customer' | 'agent' } = {},
): CommitUtteranceInput {
  const { role = 'customer', ...rest } = change;
  const stream = session.streams[role === 'customer' ? 0 : 1];
  const startMs = fromSample / 8;
  const clientTimestampMs = T0 + startMs;
  return {
    tenantId: session.tenantId,
    sessionId: session.sessionId,
    leaseEpoch,
    conversationId: session.conversationId,
    message: {
      messageId: deriveMessageId(clientTimestampMs, session.sessionId, role, fromSample),
      streamId: stream.streamId,
      role,
      senderExternalId: stream.externalId,
      text: `From sample ${fromSample}`,
      startMs,
      endMs: startMs + 1000,
      clientTimestampMs,
    },
    fromSample,
    throughSample: fromSample + 8000,
    redactionState: undefined,
    webhookBody: `{"text":"From sample ${fromSample}"}`,
    ...rest,
  };
}
