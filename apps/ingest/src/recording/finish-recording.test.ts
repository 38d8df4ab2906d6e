import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { checkRecording } from '@earshot/recordings';
import type { FinishClaim, LeasedSession } from '@earshot/storage';
import { recordingFolder, type ObjectStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createIngestMetrics } from '../ingest-metrics.ts';
import { useRecordings } from '../testing/use-recordings.ts';
import { finishRecording, type FinishRecordingDeps } from './finish-recording.ts';
import { startFinisher } from './finisher.ts';
import { recordingKey } from './object-keys.ts';

const recorded = useRecordings();
const never = new AbortController().signal;
const TEXT = 'My PIN number is one two three four.';

function deps(objects: ObjectStore = recorded.objects): FinishRecordingDeps {
  return {
    recordings: recorded.storage.recordings,
    objects,
    clock: { now: () => Date.now() },
    metrics: createIngestMetrics(createMetrics('ingest')),
    logger: createLogger({ app: 'ingest', level: 'silent' }),
  };
}

async function claimNext(): Promise<FinishClaim> {
  const claim = await recorded.storage.recordings.claimUnfinished({ leaseMs: 60_000, unclosedMs: 0 });
  if (claim === undefined) throw new Error('Cannot claim: no recording is due');
  return claim;
}

async function claimed() {
  const lease = await recorded.recordCall(TEXT);
  return { ...lease, claim: await claimNext(), find: () => recorded.storage.recordings.find(lease.session) };
}

async function keysOf(session: Parameters<typeof recordingFolder>[0]) {
  return await recorded.objects.list(recordingFolder(session));
}

async function sql(text: string, values: readonly unknown[]): Promise<void> {
  const client = new Client({ connectionString: recorded.databaseUrl });
  await client.connect();
  await client.query(text, [...values]);
  await client.end();
}

async function fileOf(session: Parameters<typeof recordingKey>[0]) {
  const opened = await recorded.objects.open(recordingKey(session));
  if (opened === undefined) throw new Error('Cannot read the recording: it is not there');
  return await buffer(opened.stream);
}

describe('finishRecording', () => {
  it('makes one file of what was recorded, and leaves nothing else', async () => {
    const { session, claim, find } = await claimed();
    await recorded.objects.put(`${recordingFolder(session)}/parts/of-a-dead-worker`, each(Buffer.from('x')));
    await finishRecording(deps(), claim, never);
    const file = await fileOf(session);
    expect(await find()).toMatchObject({
      state: 'ready',
      durationMs: 8960,
      holes: [],
      file: {
        objectKey: recordingKey(session),
        byteCount: file.byteLength,
        sha256: createHash('sha256').update(file).digest('hex'),
      },
    });
    expect(await keysOf(session)).toEqual([recordingKey(session)]);
    expect(await recorded.storage.recordings.listParts(session)).toEqual([]);
    const want = await recorded.storage.recordings.listMessages({ ...session, endsFromMs: 0 });
    expect(want.map(({ text }) => text)).toEqual(Array.from({ length: 3 }, () => 'My PIN number is ####.'));
    expect(await checkRecording(each(file), want)).toEqual({ ok: true });
  });

  it('tries again when the store fails, and gives up at last', async () => {
    const { session, claim, find } = await claimed();
    const broken: ObjectStore = {
      ...recorded.objects,
      put: async () => {
        throw new Error('The store is full');
      },
    };
    await finishRecording(deps(broken), claim, never);
    expect(await find()).toMatchObject({ state: 'finishing' });
    await finishRecording(deps(broken), { ...claim, tries: 6 }, never);
    expect(await find()).toMatchObject({ state: 'failed', problem: 'recordings.tries-exhausted' });
    expect(await keysOf(session)).toHaveLength(1);
  });

  it('says so where the captions are not the messages', async () => {
    const { session, claim, find } = await claimed();
    await sql(`update messages set text = 'Other words' where session_id = $1 and start_ms < 1000`, [
      session.sessionId,
    ]);
    await finishRecording(deps(), claim, never);
    expect(await find()).toMatchObject({
      state: 'failed',
      problem: 'recordings.check-failed',
      file: undefined,
    });
  });

  it('shows messages whose audio was never stored, in a hole at the end', async () => {
    const { session, leaseEpoch, claim, find } = await claimed();
    const [customer] = session.streams;
    await sql(
      `insert into messages (tenant_id, conversation_id, message_id, session_id, stream_id, role_order, text, start_ms,
         end_ms, client_timestamp, created_at) values ($1, $2, 'LAST', $3, $4, 0, 'Goodbye.', 20000, 20500, now(), now())`,
      [session.tenantId, session.conversationId, session.sessionId, customer.streamId],
    );
    expect(leaseEpoch).toBe(1);
    await finishRecording(deps(), claim, never);
    expect(await find()).toMatchObject({
      state: 'ready',
      durationMs: 20_500,
      holes: [{ fromMs: 8960, toMs: 20_500 }],
    });
  });

  it('puts in what a part should have shown and does not', async () => {
    const { session, claim, find } = await claimed();
    const [customer] = session.streams;
    await sql(
      `insert into messages (tenant_id, conversation_id, message_id, session_id, stream_id, role_order, text, start_ms,
         end_ms, client_timestamp, created_at) values ($1, $2, 'LATE', $3, $4, 0, 'Hm.', 4000, 4500, now(), now())`,
      [session.tenantId, session.conversationId, session.sessionId, customer.streamId],
    );
    await finishRecording(deps(), claim, never);
    expect(await find()).toMatchObject({ state: 'ready', durationMs: 8960, holes: [] });
    const want = await recorded.storage.recordings.listMessages({ ...session, endsFromMs: 0 });
    expect(await checkRecording(each(await fileOf(session)), want)).toEqual({ ok: true });
    expect(want).toHaveLength(4);
  });

  it('leaves no object of a recording that is erased meanwhile', async () => {
    const { session, claim } = await claimed();
    const objects: ObjectStore = {
      ...recorded.objects,
      async put(key, chunks) {
        await recorded.objects.put(key, chunks);
        await sql(`update recordings set state = 'erasing' where session_id = $1`, [session.sessionId]);
        await recorded.objects.delete(await keysOf(session));
        await recorded.objects.put(key, each(Buffer.from('written by then')));
      },
    };
    await finishRecording(deps(objects), { ...claim, tries: 6 }, never);
    expect(await keysOf(session)).toEqual([]);
  });

  it('leaves the objects to whoever has a later claim', async () => {
    const { session, claim, find } = await claimed();
    await recorded.storage.recordings.finish(claim, { type: 'again', delayMs: 0 }, Date.now());
    const later = await claimNext();
    await finishRecording(deps(), claim, never);
    expect(await find()).toMatchObject({ state: 'finishing' });
    expect(await keysOf(session)).toHaveLength(2);
    await finishRecording(deps(), later, never);
    expect(await find()).toMatchObject({ state: 'ready' });
  });

  it('lets go at once when it is told to, for the next one to begin', async () => {
    const { claim, find } = await claimed();
    await finishRecording(deps(), claim, AbortSignal.abort(new Error('closing')));
    expect(await find()).toMatchObject({ state: 'finishing' });
    await finishRecording(deps(), await claimNext(), never);
    expect(await find()).toMatchObject({ state: 'ready' });
  });
});

describe('startFinisher', () => {
  it('finishes what is due, each recording once, also with several of them', async () => {
    const leases: LeasedSession[] = [];
    while (leases.length < 4) leases.push(await recorded.recordCall(TEXT));
    const { recordings } = recorded.storage;
    const finishers = [1, 2].map(() => startFinisher({ ...deps(), recordings }));
    const files = async () =>
      await Promise.all(leases.map(async ({ session }) => (await recordings.find(session))?.state));
    await expect.poll(files).toEqual(leases.map(() => 'ready'));
    await Promise.all(finishers.map((finisher) => finisher.close()));
    for (const { session } of leases) expect(await keysOf(session)).toEqual([recordingKey(session)]);
  });
});

describe('clearParts', () => {
  it('deletes what a finisher that died had left', async () => {
    const { session, claim, find } = await claimed();
    const { recordings } = recorded.storage;
    const dying = {
      ...deps(),
      objects: { ...recorded.objects, delete: () => Promise.reject(new Error('Killed')) },
    };
    await expect(finishRecording(dying, claim, never)).rejects.toThrow('Killed');
    expect(await find()).toMatchObject({ state: 'ready' });
    expect(await keysOf(session)).toHaveLength(2);
    await sql(`update recordings set claimed_until = now() where session_id = $1`, [session.sessionId]);
    const finisher = startFinisher({ ...deps(), recordings });
    await expect.poll(() => keysOf(session)).toEqual([recordingKey(session)]);
    await finisher.close();
    expect(await recordings.listParts(session)).toEqual([]);
  });
});

async function* each(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
