import { randomBytes } from 'node:crypto';
import { createScriptedRecognizer, scriptedPcm } from '@earshot/speech/testing';
import { createStorage, migrate, type RedactionSettings, type Storage } from '@earshot/storage';
import { sampleStart } from '@earshot/storage/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createTestDatabase, type TestDatabase } from '@earshot/testing';
import { createVault, type Vault } from '@earshot/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIngestMetrics } from './ingest-metrics.ts';
import { createTenantRedactions } from './tenant-redactions.ts';
import { callEvents, world, ZERO_MS, type CallPcm } from './testing/call-world.ts';
import { transcribeCall } from './transcribe-call.ts';

let database: TestDatabase;
let storage: Storage;
let vault: Vault;
let appId: string;
let tenantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  storage = createStorage({ databaseUrl: database.url });
  vault = createVault({ masterKey: randomBytes(32), dataKeys: storage.dataKeys });
  ({ tenantId, appId } = await storage.tenants.ensureDefault({ tenant: 'team', app: 'app' }));
});
afterAll(async () => {
  await storage.close();
  await database.drop();
});

/** What is said by how loud it is said: the same audio is the same words, whoever hears it and how often. */
const WORDS: Readonly<Record<number, string>> = {
  8000: 'What is your card number?',
  9000: 'four one one one one one one one',
  10000: 'one one one one',
  11000: 'one one one one',
  12000: 'My PIN is five nine three seven and my email is jane dot doe at gmail dot com.',
};
const SILENT = { amplitude: 0 };
const silence = (durationMs: number) => ({ durationMs, ...SILENT });
const speech = (amplitude: number) => ({ durationMs: 1024, amplitude });

/** The agent asks, the customer reads a card number in three pieces, and then a PIN and an e-mail address. */
const PCM: CallPcm = {
  agent: scriptedPcm([silence(512), speech(8000), silence(9216)]),
  customer: scriptedPcm([
    silence(2048),
    speech(9000),
    silence(1024),
    speech(10_000),
    silence(1024),
    speech(11_000),
    silence(1024),
    speech(12_000),
    silence(1536),
  ]),
};

function heard({ pcm }: { readonly pcm: Int16Array }): string {
  const loudest = pcm.reduce((most, sample) => Math.max(most, sample), 0);
  return WORDS[1000 * Math.round(loudest / 1000)] ?? '';
}

/** A worker of its own: what it knows of the call and the tenant comes out of the store. */
function worker(events: Parameters<typeof world>[0] = {}) {
  const { deps } = world({ clockStepMs: 20, ...events });
  const metrics = createIngestMetrics(createMetrics('ingest'));
  const logger = createLogger({ app: 'ingest', level: 'silent' });
  return {
    ...deps,
    calls: storage.calls,
    vault,
    recognizer: createScriptedRecognizer(heard),
    redactions: createTenantRedactions(
      { redactionSettings: storage.redactionSettings, metrics, logger },
      { forced: false },
    ),
  };
}

async function startCall() {
  const start = sampleStart({ tenantId, appId, acceptedAtMs: ZERO_MS });
  const outcome = await storage.calls.startSession(start);
  if (outcome.type !== 'started') throw new Error(`Cannot start the call of the test: ${outcome.type}`);
  return outcome.session;
}

/** Plays the call; after `leaveAfter` events another worker takes it over. Gives the texts as they are stored. */
async function play(leaveAfter = Number.POSITIVE_INFINITY) {
  const { sessionId, guid } = await startCall();
  const lease = async () => {
    const leased = await storage.calls.lease(tenantId, sessionId);
    if (leased === undefined) throw new Error('Cannot lease the session of the test');
    return leased;
  };
  const never = new AbortController().signal;
  let events = 0;
  let successor: Awaited<ReturnType<typeof lease>> | undefined;
  const first = worker({
    control: {
      get fenced() {
        return successor !== undefined;
      },
    },
    async *events() {
      for (const event of callEvents(1, PCM)) {
        if (events === leaveAfter) successor = await lease();
        events += 1;
        yield event;
      }
    },
  });
  await transcribeCall(first, await lease(), never);
  if (successor !== undefined) {
    const second = worker({
      events: ({ start }) => callEvents(start.type === 'resume' ? Number(start.fromFragmentNumber) : 1, PCM),
    });
    await transcribeCall(second, successor, never);
  }
  const page = await storage.messages.listByExternalId({ tenantId, externalId: guid, limit: 100 });
  return { events, texts: (page?.items ?? []).map(({ text }) => text) };
}

async function choose(settings: RedactionSettings): Promise<void> {
  await storage.redactionSettings.update(tenantId, 0, () => ({ type: 'change', settings }));
}

describe('transcribeCall over two workers with the state in the store', () => {
  it('masks all pieces of a card number, wherever another worker takes the call over', async () => {
    const whole = await play();
    expect(whole.texts).toHaveLength(5);
    expect(whole.texts.slice(1, 4).join(' ')).not.toMatch(/\d|one|four/i);
    for (let leaveAfter = 3; leaveAfter < whole.events; leaveAfter += 11) {
      expect([leaveAfter, (await play(leaveAfter)).texts]).toEqual([leaveAfter, whole.texts]);
    }
  });

  it('masks what the tenant chose and nothing else, before and after', async () => {
    const entities = { customer: ['EMAIL'], agent: ['EMAIL'] };
    await choose({ mode: 'custom', mask: 'label', entities, customRules: [] });
    const whole = await play();
    expect(whole.texts.at(-1)).toMatch(/5937.*\[EMAIL\]/);
    expect(whole.texts.at(-1)).not.toMatch(/jane|gmail/i);
    for (const leaveAfter of [1, Math.floor(whole.events / 2), whole.events - 40]) {
      expect((await play(leaveAfter)).texts).toEqual(whole.texts);
    }
  });
});
