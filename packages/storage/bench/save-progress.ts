import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { createStorage, migrate, type CallSession, type SaveProgressInput } from '../src/index.ts';

/*
 * How cheap it is to save where hundreds of live sessions stand, each once a second:
 *   node --conditions=earshot-source bench/save-progress.ts postgres://... [sessions] [seconds]
 * against an empty database on this machine. Prints one JSON line.
 */
const [databaseUrl = '', sessionsText = '500', secondsText = '10'] = process.argv.slice(2);
const sessionCount = Number(sessionsText);
const seconds = Number(secondsText);
/** As two Silero endpointers save themselves. */
const VOICE_ACTIVITY = Buffer.alloc(1536, 7).toString('base64');

await migrate(databaseUrl);
const storage = createStorage({ databaseUrl, connectionsMax: 2 });
const observer = new Client({ connectionString: databaseUrl });
await observer.connect();

const account = { tenantId: randomUUID(), appId: 'app' };
const leases: { session: CallSession; leaseEpoch: number }[] = [];
while (leases.length < sessionCount) {
  const started = await storage.calls.startSession({
    ...account,
    guid: randomUUID(),
    customerExternalId: 'customer',
    agentExternalId: 'agent',
    settings: {
      language: 'en-US',
      detailedToken: false,
      audioRecordingAllowed: false,
      redactionOutput: 'redacted',
    },
    media: { streamArn: 'arn:aws:kinesisvideo:eu-west-1:1:stream/a/1', selector: { type: 'NOW' } },
    acceptedAtMs: Date.now(),
  });
  if (started.type !== 'started') throw new Error(`Cannot start a session: ${started.type}`);
  const leased = await storage.calls.lease(account.tenantId, started.session.sessionId);
  if (leased !== undefined) leases.push({ session: leased.session, leaseEpoch: leased.leaseEpoch });
}

const latenciesMs: number[] = [];
let outcomes = 0;
const nodeBefore = process.cpuUsage();
const postgresBefore = await postgresCpuMs();
const beganAt = performance.now();
await Promise.all(leases.map(({ session, leaseEpoch }, index) => live(session, leaseEpoch, index)));
const elapsedMs = performance.now() - beganAt;
const node = process.cpuUsage(nodeBefore);
const postgresMs = (await postgresCpuMs()) - postgresBefore;
latenciesMs.sort((a, b) => a - b);
const at = (share: number) => Math.round(latenciesMs[Math.floor(share * (latenciesMs.length - 1))] ?? 0);
process.stdout.write(
  `${JSON.stringify({
    sessions: sessionCount,
    savedPerSecond: Math.round(outcomes / (elapsedMs / 1000)),
    nodeCpuUsPerSave: Math.round((node.user + node.system) / outcomes),
    postgresCpuUsPerSave: Math.round((postgresMs * 1000) / outcomes),
    latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
  })}\n`,
);
await observer.end();
await storage.close();

/** Saves once a second, at a moment of its own. */
async function live(session: CallSession, leaseEpoch: number, index: number): Promise<void> {
  for (let round = 0; round < seconds; round += 1) {
    const dueAt = beganAt + round * 1000 + (index / sessionCount) * 1000;
    await delay(Math.max(0, dueAt - performance.now()));
    const asked = performance.now();
    const saved = await storage.calls.saveProgress(progressOf(session, leaseEpoch, round));
    if (saved !== 'saved') throw new Error(`Cannot save progress: ${saved}`);
    latenciesMs.push(performance.now() - asked);
    outcomes += 1;
  }
}

function progressOf(session: CallSession, leaseEpoch: number, round: number): SaveProgressInput {
  const fromSample = round * 8192;
  const side = { anchorSample: fromSample, heardSample: fromSample, voiceActivity: VOICE_ACTIVITY };
  const holes = { count: 0, totalMs: 0, longestMs: 0 };
  return {
    tenantId: session.tenantId,
    sessionId: session.sessionId,
    leaseEpoch,
    advance: session.streams.map(({ role }) => ({ role, fromSample, throughSample: fromSample + 8192 })),
    progress: session.streams.map(({ role }) => ({ role, audioBytes: fromSample * 2 })),
    contactId: 'contact',
    checkpoint: { version: 1, mark: { fragmentNumber: '9'.repeat(47) }, customer: side, agent: side },
    mediaReport: {
      version: 1,
      rolesSeen: ['customer', 'agent'],
      fragmentCount: round,
      duplicateFragmentCount: 0,
      damageCount: 0,
      filled: { customer: holes, agent: holes },
      gaps: { customer: holes, agent: holes },
      reconnects: {},
      takeOverCount: 0,
      lastFragmentNumber: '9'.repeat(47),
    },
  };
}

/** CPU time of the server's processes so far, from Linux's `/proc`, whose ticks are 10 ms. */
async function postgresCpuMs(): Promise<number> {
  const { rows } = await observer.query<{ pid: number }>('select pid from pg_stat_activity');
  const ticks = await Promise.all(
    rows.map(async ({ pid }) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(fields[11]) + Number(fields[12]);
    }),
  );
  return ticks.reduce((sum, tick) => sum + tick, 0) * 10;
}
