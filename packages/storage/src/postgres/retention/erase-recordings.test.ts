import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ErasureRequest } from '../../stores/retention.ts';
import {
  leaseCall,
  newAccount,
  startCall,
  startInput,
  T0,
  useStorage,
  type Account,
} from '../../testing/fixture.ts';

const fixture = useStorage();
const { sql } = fixture;
const DAY_MS = 86_400_000;
const LIMIT = 10;
const NOW = Date.now();

type Recorded = Parameters<ErasureRequest['eraseAudio']>[0];

function request(
  tenantId: string,
  eraseAudio: (recorded: Recorded) => Promise<void> = async () => undefined,
): ErasureRequest {
  return {
    tenantId,
    erasureId: randomUUID(),
    subjectHash: Buffer.from('subject'),
    requestedBy: 'ek_1',
    erasedAtMs: T0 + DAY_MS,
    sign: () => 'signed',
    eraseAudio,
  };
}

/** An ended call of which a part was recorded at `createdAtMs`, ready to be given to anybody. */
async function recordedCall(account: Account, createdAtMs = T0, guid: string = randomUUID()) {
  const { storage } = fixture;
  const { tenantId } = account;
  const session = await startCall(storage, startInput(account, { guid }));
  const { conversationId, sessionId } = session;
  const lease = { tenantId, sessionId, leaseEpoch: (await leaseCall(storage, session)).leaseEpoch };
  const part = { fromMs: 0, toMs: 10_000, objectKey: 'key', byteCount: 320_000, holes: [] };
  await storage.recordings.addPart(lease, part, createdAtMs);
  const over = { reason: 'stopped', trouble: undefined, endedAtMs: T0, progress: [] } as const;
  await storage.calls.endSession({ ...lease, ...over, mediaReport: undefined });
  const created = new Date(createdAtMs);
  await sql(
    `update recordings set created_at = $3, state = 'ready', object_key = 'key', byte_count = 1, sha256 = $4
     where tenant_id = $1 and session_id = $2`,
    [tenantId, sessionId, created, 'a'.repeat(64)],
  );
  await sql('update conversations set created_at = $2, last_activity_at = $2 where conversation_id = $1', [
    conversationId,
    created,
  ]);
  return { tenantId, guid, conversationId, sessionId };
}

async function rowsOf(tenantId: string) {
  return await sql<{ state: string }>('select state from recordings where tenant_id = $1', [tenantId]);
}

describe('RetentionStore.eraseConversation of a recorded call', () => {
  it('has the audio deleted before the rows, and counts recordings', async () => {
    const { retention, recordings } = fixture.storage;
    const account = await newAccount(fixture);
    const { tenantId, guid, conversationId } = await recordedCall(account);
    await recordedCall(account, T0, guid);
    const kept = await recordedCall(account);
    const asked: Recorded[] = [];
    const outcome = await retention.eraseConversation(
      guid,
      request(tenantId, async (recorded) => {
        asked.push(recorded);
        expect(await recordings.listByConversation(tenantId, conversationId)).toEqual([]);
        const found = await sql('select 1 from conversations where conversation_id = $1', [conversationId]);
        expect(found).toHaveLength(1);
      }),
    );
    expect(asked).toEqual([{ conversationIds: [conversationId], recordingCount: 2 }]);
    expect(outcome).toMatchObject({ type: 'erased', receipt: { counts: { recordings: 2, sessions: 2 } } });
    expect(await rowsOf(tenantId)).toEqual([{ state: 'ready' }]);
    expect(await recordings.listByConversation(tenantId, kept.conversationId)).toHaveLength(1);
  });

  it('erases no row while the audio cannot be deleted, gives it to nobody, and goes on when asked again', async () => {
    const { retention } = fixture.storage;
    const { tenantId, guid } = await recordedCall(await newAccount(fixture));
    const away = request(tenantId, () => Promise.reject(new Error('The store is away')));
    await expect(retention.eraseConversation(guid, away)).rejects.toThrow('The store is away');
    expect(await rowsOf(tenantId)).toEqual([{ state: 'erasing' }]);
    expect(await retention.eraseConversation(guid, request(tenantId))).toMatchObject({
      type: 'erased',
      receipt: { counts: { recordings: 1 } },
    });
    expect(await rowsOf(tenantId)).toEqual([]);
  });

  it('counts what it marked also where another process deleted the audio of an erasure that broke off', async () => {
    const { retention } = fixture.storage;
    const { tenantId, guid, conversationId, sessionId } = await recordedCall(await newAccount(fixture), NOW);
    const sweep = async (nowMs = NOW) =>
      await retention.claimExpiredRecordings({ tenantId, nowMs, limit: LIMIT });
    const broken = request(tenantId, async () => {
      expect(await sweep()).toEqual([]);
      throw new Error('The process was killed');
    });
    await expect(retention.eraseConversation(guid, broken)).rejects.toThrow('The process was killed');
    await sql(`update recordings set claimed_until = clock_timestamp() where session_id = $1`, [sessionId]);
    expect(await sweep()).toEqual([{ sessionId, conversationId }]);
    const forget = async () => await retention.forgetRecordings(tenantId, [sessionId]);
    const counts = await Promise.all([forget(), forget(), forget()]);
    expect(counts.filter((count) => count > 0)).toEqual([1]);
    expect(await sweep()).toEqual([]);
    expect(await retention.eraseConversation(guid, request(tenantId))).toMatchObject({
      type: 'erased',
      receipt: { counts: { recordings: 1 } },
    });
    expect(await rowsOf(tenantId)).toEqual([]);
  });

  it('has what it marked go with its conversation by age, where nobody asks again', async () => {
    const { retention } = fixture.storage;
    const { tenantId, guid, conversationId, sessionId } = await recordedCall(await newAccount(fixture), NOW);
    const away = request(tenantId, () => Promise.reject(new Error('The store is away')));
    await expect(retention.eraseConversation(guid, away)).rejects.toThrow('The store is away');
    await sql(`update recordings set claimed_until = clock_timestamp() where session_id = $1`, [sessionId]);
    for (const nowMs of [NOW, NOW + 9 * DAY_MS]) {
      const batch = { tenantId, nowMs, limit: LIMIT };
      expect(await retention.claimExpiredRecordings(batch)).toEqual([{ sessionId, conversationId }]);
      expect((await retention.eraseExpired(batch)).conversations).toBe(0);
      expect(await retention.forgetRecordings(tenantId, [sessionId])).toBe(1);
    }
    expect(await rowsOf(tenantId)).toEqual([]);
    const batch = { tenantId, nowMs: NOW + 9 * DAY_MS, limit: LIMIT };
    expect((await retention.eraseExpired(batch)).conversations).toBe(1);
  });

  it('touches no audio of a held call', async () => {
    const { retention } = fixture.storage;
    const { tenantId, guid } = await recordedCall(await newAccount(fixture));
    await retention.placeHold({ tenantId, externalId: guid, placedBy: 'ek_1', atMs: T0 });
    const never = request(tenantId, () => Promise.reject(new Error('Asked to delete audio')));
    expect(await retention.eraseConversation(guid, never)).toEqual({ type: 'held', placedAtMs: T0 });
    expect(await rowsOf(tenantId)).toEqual([{ state: 'ready' }]);
  });

  it('fences off who finishes the recording', async () => {
    const { retention, recordings } = fixture.storage;
    const { tenantId, guid, sessionId } = await recordedCall(await newAccount(fixture));
    await sql(`update recordings set state = 'recording' where session_id = $1`, [sessionId]);
    const claim = await recordings.claimUnfinished({ leaseMs: 60_000, unclosedMs: 0 });
    const file = { objectKey: 'key', byteCount: 1, sha256: 'b'.repeat(64) };
    const ready = { type: 'ready', file, durationMs: 1, holes: [] } as const;
    await retention.eraseConversation(
      guid,
      request(tenantId, async () => {
        if (claim === undefined) throw new Error('There is nothing to finish');
        expect(claim.recording.sessionId).toBe(sessionId);
        expect(await recordings.finish(claim, ready, T0)).toBe(false);
      }),
    );
    expect(await rowsOf(tenantId)).toEqual([]);
  });
});

describe('RetentionStore.claimExpiredRecordings', () => {
  const claim = async (tenantId: string, nowMs: number) =>
    await fixture.storage.retention.claimExpiredRecordings({ tenantId, nowMs, limit: LIMIT });

  it('takes recordings with their conversation, which waits for them', async () => {
    const { retention } = fixture.storage;
    const { tenantId, sessionId, conversationId } = await recordedCall(await newAccount(fixture));
    const batch = { tenantId, nowMs: T0 + 8 * DAY_MS, limit: LIMIT };
    expect(await claim(tenantId, T0 + 6 * DAY_MS)).toEqual([]);
    expect((await retention.eraseExpired(batch)).conversations).toBe(0);
    expect(await claim(tenantId, batch.nowMs)).toEqual([{ sessionId, conversationId }]);
    expect((await retention.eraseExpired(batch)).conversations).toBe(0);
    expect(await claim(tenantId, batch.nowMs)).toEqual([{ sessionId, conversationId }]);
    expect(await retention.forgetRecordings(tenantId, [sessionId])).toBe(1);
    expect(await claim(tenantId, batch.nowMs)).toEqual([]);
    expect((await retention.eraseExpired(batch)).conversations).toBe(1);
  });

  it('goes by the days the tenant chose for recordings, and keeps those that are held or young', async () => {
    const { retention } = fixture.storage;
    const account = await newAccount(fixture);
    const { tenantId } = account;
    const old = await recordedCall(account);
    const held = await recordedCall(account);
    await recordedCall(account, T0 + DAY_MS);
    await retention.placeHold({ tenantId, externalId: held.guid, placedBy: 'ek_1', atMs: T0 });
    const settings = { messagesDays: 30, deliveriesDays: 7, auditDays: 365 };
    await retention.putSettings(tenantId, { ...settings, recordingsDays: 2 }, T0);
    expect(await retention.getSettings(tenantId)).toEqual({ ...settings, recordingsDays: 2 });
    const due = await claim(tenantId, T0 + 2.5 * DAY_MS);
    expect(due.map(({ sessionId }) => sessionId)).toEqual([old.sessionId]);
    await retention.putSettings(tenantId, settings, T0);
    expect(await retention.getSettings(tenantId)).toEqual(settings);
  });

  it('takes none of another tenant, and forgets only what was claimed', async () => {
    const { retention } = fixture.storage;
    const { tenantId, sessionId } = await recordedCall(await newAccount(fixture));
    expect(await claim('another', T0 + 100 * DAY_MS)).toEqual([]);
    expect(await retention.forgetRecordings(tenantId, [sessionId])).toBe(0);
    expect(await rowsOf(tenantId)).toEqual([{ state: 'ready' }]);
  });
});

describe('RetentionStore.findGoneConversations', () => {
  it('names those that are no conversation of the tenant', async () => {
    const { retention } = fixture.storage;
    const { tenantId, conversationId } = await recordedCall(await newAccount(fixture));
    const ids = ['01GONE', conversationId];
    expect(await retention.findGoneConversations(tenantId, ids)).toEqual(['01GONE']);
    expect(await retention.findGoneConversations('another', ids)).toEqual(ids);
  });
});
