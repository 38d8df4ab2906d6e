import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

const OTHER = 'recordings/tenant-1/01OTHER/session/recording.mkv';

async function storeWithAudio(): Promise<ObjectStore> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-erase-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const objects = createDirectoryStore(folder);
  const call = 'recordings/tenant-1/01CALL/session';
  for (const key of [`${call}/recording.mkv`, `${call}/parts/0-1-1`, OTHER]) {
    await objects.put(
      key,
      (async function* () {
        yield Buffer.from('audio');
      })(),
    );
  }
  return objects;
}

describe('DELETE conversation with audio', () => {
  it.each(['conversations/call', 'customers/caller'])('leaves no object after %s', async (path) => {
    const recordingObjects = await storeWithAudio();
    const { send } = retentionUnderTest({ recordingObjects, recordingCount: 1 });
    expect((await send('DELETE', path)).status).toBe(200);
    expect(await recordingObjects.list('recordings')).toEqual([OTHER]);
  });

  it('erases nothing else while the audio cannot be deleted, and all of it when asked again', async () => {
    const whole = await storeWithAudio();
    let tries = 0;
    const recordingObjects: ObjectStore = {
      ...whole,
      delete: async (keys) => {
        tries += 1;
        if (tries === 1) throw new Error('The store is away');
        await whole.delete(keys);
      },
    };
    const { send, receipts } = retentionUnderTest({ recordingObjects, recordingCount: 1 });
    expect((await send('DELETE', 'conversations/call')).status).toBe(500);
    expect(receipts.size).toBe(0);
    expect((await send('DELETE', 'conversations/call')).status).toBe(200);
    expect(await whole.list('recordings')).toEqual([OTHER]);
  });

  it('refuses where there is audio and no place of it is named', async () => {
    const { send, receipts } = retentionUnderTest({ recordingCount: 1 });
    expect(await readProblem(await send('DELETE', 'conversations/call'))).toMatchObject({
      status: 503,
      code: '503-01',
    });
    expect(receipts.size).toBe(0);
    const without = retentionUnderTest({ recordingCount: 0 });
    expect((await without.send('DELETE', 'conversations/call')).status).toBe(200);
  });
});
