import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorage, migrate, type LeasedSession, type Storage } from '@earshot/storage';
import { SAMPLE_SETTINGS, sampleStart } from '@earshot/storage/testing';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createTestDatabase } from '@earshot/testing';
import { afterAll, beforeAll } from 'vitest';
import { transcribeCall } from '../transcribe-call.ts';
import { world, ZERO_MS } from './call-world.ts';

interface Opened {
  readonly storage: Storage;
  readonly folder: string;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** A database and a folder for the recordings of one test file. */
export function useRecordings() {
  const state: { opened?: Opened } = {};
  const opened = (): Opened => {
    if (state.opened === undefined) throw new Error('Cannot record before the tests have begun');
    return state.opened;
  };
  beforeAll(async () => {
    const database = await createTestDatabase();
    await migrate(database.url);
    const storage = createStorage({ databaseUrl: database.url });
    const folder = await mkdtemp(join(tmpdir(), 'earshot-recordings-'));
    state.opened = {
      storage,
      folder,
      databaseUrl: database.url,
      async close() {
        await storage.close();
        await database.drop();
        await rm(folder, { recursive: true });
      },
    };
  });
  afterAll(() => opened().close());
  return {
    get storage(): Storage {
      return opened().storage;
    },
    get databaseUrl(): string {
      return opened().databaseUrl;
    },
    get objects(): ObjectStore {
      return createDirectoryStore(opened().folder);
    },
    /** A call that was recorded whole and has ended. */
    async recordCall(text: string): Promise<LeasedSession> {
      const { storage } = opened();
      const lease = await startCall(storage);
      const { deps } = world({
        text,
        recording: { recordings: storage.recordings, objects: createDirectoryStore(opened().folder) },
      });
      const outcome = await transcribeCall(
        { ...deps, calls: storage.calls },
        lease,
        new AbortController().signal,
      );
      if (outcome.type !== 'ended') throw new Error(`Cannot record the call: ${outcome.type}`);
      await endCall(storage, lease);
      return lease;
    },
    startCall: () => startCall(opened().storage),
    endCall: (lease: LeasedSession) => endCall(opened().storage, lease),
  };
}

async function startCall(storage: Storage): Promise<LeasedSession> {
  const account = await storage.tenants.ensureDefault({ tenant: 'A tenant', app: 'An app' });
  const settings = { ...SAMPLE_SETTINGS, audioRecordingAllowed: true };
  const start = sampleStart({ ...account, settings, acceptedAtMs: ZERO_MS });
  const started = await storage.calls.startSession(start);
  if (started.type !== 'started') throw new Error(`Cannot start the call: ${started.type}`);
  const { tenantId, sessionId } = started.session;
  const lease = await storage.calls.lease(tenantId, sessionId);
  if (lease === undefined) throw new Error('Cannot lease the call');
  return lease;
}

async function endCall({ calls }: Storage, { session, leaseEpoch }: LeasedSession): Promise<void> {
  const { tenantId, sessionId } = session;
  const ending = { reason: 'media-ended', trouble: undefined, progress: [], mediaReport: undefined } as const;
  await calls.endSession({ tenantId, sessionId, leaseEpoch, endedAtMs: Date.now(), ...ending });
}
