import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  eraseExpiredRecordings,
  sweepRecordings,
  type RecordingEraseDeps,
} from './erase-expired-recordings.ts';

const BATCH = { tenantId: 'tenant', nowMs: 0, limit: 10 };
const never = new AbortController().signal;
let folder: string;
let objects: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-retention-'));
  objects = createDirectoryStore(folder);
});
afterEach(() => rm(folder, { recursive: true }));

async function store(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await objects.put(
      `recordings/${key}`,
      (async function* () {
        yield Buffer.from('audio');
      })(),
    );
  }
}

/** Two sessions of the conversation `01OLD` are due. */
function retention(forgotten: string[] = []): RecordingEraseDeps['retention'] {
  return {
    claimExpiredRecordings: async () => [
      { sessionId: 'one', conversationId: '01OLD' },
      { sessionId: 'two', conversationId: '01OLD' },
    ],
    forgetRecordings: async (_tenantId, sessionIds) => forgotten.push(...sessionIds),
    findGoneConversations: async (_tenantId, ids) => ids.filter((id) => id.startsWith('01GONE')),
  };
}

describe('eraseExpiredRecordings', () => {
  it('deletes files, parts and leftovers of what is due, and then its rows', async () => {
    const kept = ['tenant/01OLD/three/recording.mkv', 'other/01OLD/one/recording.mkv'];
    await store('tenant/01OLD/one/recording.mkv', 'tenant/01OLD/one/parts/0-1-1', ...kept);
    const forgotten: string[] = [];
    const due = await eraseExpiredRecordings(
      { retention: retention(forgotten), recordingObjects: objects },
      BATCH,
    );
    expect({ due, forgotten }).toEqual({ due: { dueCount: 2, erasedCount: 2 }, forgotten: ['one', 'two'] });
    expect(await objects.list('recordings')).toEqual(kept.map((key) => `recordings/${key}`).toSorted());
  });

  it('counts none that another process was done with first', async () => {
    const others = { ...retention(), forgetRecordings: async () => 1 };
    expect(await eraseExpiredRecordings({ retention: others, recordingObjects: objects }, BATCH)).toEqual({
      dueCount: 2,
      erasedCount: 1,
    });
  });

  it.each<{ given: string; want: RegExp; broken: (whole: ObjectStore) => ObjectStore | undefined }>([
    {
      given: 'fails',
      want: /no/,
      broken: (whole) => ({ ...whole, delete: () => Promise.reject(new Error('no')) }),
    },
    { given: 'is not named', want: /RECORDING_DIRECTORY/, broken: () => undefined },
  ])('forgets nothing while the store $given', async ({ broken, want }) => {
    await store('tenant/01OLD/one/recording.mkv');
    const forgotten: string[] = [];
    const deps = { retention: retention(forgotten), recordingObjects: broken(objects) };
    await expect(eraseExpiredRecordings(deps, BATCH)).rejects.toThrow(want);
    expect(forgotten).toEqual([]);
  });
});

describe('sweepRecordings', () => {
  it('deletes audio of conversations that are gone, and no other', async () => {
    await store(
      'tenant/01GONE1/one/parts/0-1-1',
      'tenant/01GONE2/two/recording.mkv',
      'tenant/01OLD/one/parts/0-1-1',
    );
    const deps = { retention: retention(), recordingObjects: objects };
    expect(await sweepRecordings(deps, 'tenant', never)).toBe(2);
    expect(await objects.list('recordings')).toEqual(['recordings/tenant/01OLD/one/parts/0-1-1']);
  });

  it('has nothing to do where no place is named', async () => {
    const deps = { retention: retention(), recordingObjects: undefined };
    expect(await sweepRecordings(deps, 'tenant', never)).toBe(0);
  });
});
