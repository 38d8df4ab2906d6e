import { randomUUID } from 'node:crypto';
import type { CallSettings } from '@earshot/domain';
import { callSessionsQueue, connectQueues, createProducer, migrateQueues } from '@earshot/queues';
import { createStorage, migrate, type CallSession, type Storage } from '@earshot/storage';

export interface StartedCall {
  readonly guid: string;
  readonly streamArn: string;
  /** English and redacted unless they say otherwise. */
  readonly settings?: Partial<CallSettings>;
}

/** Starts and stops calls as the gateway does, against the store and the queue. */
export interface CallDesk {
  readonly storage: Storage;
  readonly tenantId: string;
  /** One endpoint that nobody delivers to: each message makes one delivery that waits. */
  readonly endpointId: string;
  /** Records the start now and queues the session. The guid is the call's ContactId. */
  startCall(call: StartedCall): Promise<CallSession>;
  requestStop(guid: string): Promise<void>;
  close(): Promise<void>;
}

/** Queueing a job may take a while where everything shares one small machine. */
const ADD_TIMEOUT_MS = 10_000;

/** Brings the tables up to date and makes the account that calls are started under. */
export async function openCallDesk({
  databaseUrl,
  redisUrl,
}: {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
}): Promise<CallDesk> {
  await migrate(databaseUrl);
  if (redisUrl === undefined) await migrateQueues(databaseUrl);
  const storage = createStorage({ databaseUrl });
  const account = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
  const endpointId = randomUUID();
  await storage.endpoints.create({
    ...account,
    endpointId,
    fields: {
      name: 'Nobody',
      url: 'https://nobody.invalid/',
      enabled: true,
      policy: 'durable',
      pendingMax: 1_000_000,
      pendingAgeMaxMs: 86_400_000,
      timeoutMs: 5000,
      auth: [],
      partials: false,
    },
    secrets: [],
    atMs: Date.now(),
  });
  const queues = await connectQueues({ databaseUrl, ...(redisUrl === undefined ? {} : { redisUrl }) });
  const sessions = createProducer(queues, callSessionsQueue, { timeoutMs: ADD_TIMEOUT_MS });
  const { tenantId } = account;

  return {
    storage,
    tenantId,
    endpointId,
    async startCall({ guid, streamArn, settings }) {
      const started = await storage.calls.startSession({
        ...account,
        guid,
        customerExternalId: 'customer',
        agentExternalId: 'agent',
        settings: {
          language: 'en-US',
          detailedToken: false,
          audioRecordingAllowed: false,
          redactionOutput: 'redacted',
          ...settings,
        },
        media: { streamArn, selector: { type: 'NOW' } },
        acceptedAtMs: Date.now(),
      });
      if (started.type !== 'started') throw new Error(`Cannot start call ${guid}: it is ${started.type}`);
      await sessions.add({ tenantId, sessionId: started.session.sessionId });
      return started.session;
    },
    async requestStop(guid) {
      await storage.calls.requestStop({ tenantId, guid, stopAtMs: Date.now() });
    },
    async close() {
      await sessions.close();
      await queues.close();
      await storage.close();
    },
  };
}
