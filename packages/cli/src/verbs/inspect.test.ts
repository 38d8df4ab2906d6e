import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import { inspectStream } from './inspect.ts';

const recording = new URL('../../../../../shared/media/kvs-get-media-video.mkv', import.meta.url);

function document(payload: Uint8Array): Uint8Array {
  const tracks = [{ number: 1, name: 'AUDIO_FROM_CUSTOMER', trackType: 2, codecId: 'A_AAC' }];
  return Buffer.concat([
    muxHeader({ tracks }),
    muxTags([{ name: 'ContactId', value: 'c-1' }]),
    muxClusterStart(1000),
    muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload }),
  ]);
}

describe('inspectStream', () => {
  it('adds up a track over all documents and hashes its payload in stream order', async () => {
    const first = Uint8Array.of(1, 2, 3);
    const second = Uint8Array.of(4, 5);
    const inspection = await inspectStream([document(first), document(second)]);
    expect(inspection).toMatchObject({ documents: 2, clusters: 2, problems: [] });
    expect(inspection.tags).toEqual([
      { name: 'ContactId', value: 'c-1' },
      { name: 'ContactId', value: 'c-1' },
    ]);
    expect(inspection.tracks).toEqual([
      {
        number: 1,
        name: 'AUDIO_FROM_CUSTOMER',
        codecId: 'A_AAC',
        blocks: 2,
        frames: 2,
        bytes: 5,
        sha256: createHash('sha256').update(first).update(second).digest('hex'),
      },
    ]);
  });

  it('reports a file that ends early', async () => {
    const whole = document(new Uint8Array(64));
    const { problems } = await inspectStream([whole.subarray(0, whole.length - 10)]);
    expect(problems.map(({ code }) => code)).toEqual(['matroska.truncated']);
  });

  it.runIf(existsSync(recording))('counts every block of a recorded GetMedia body', async () => {
    const inspection = await inspectStream([readFileSync(recording)]);
    expect(inspection.tracks.map(({ blocks, bytes }) => [blocks, bytes])).toEqual([[300, 2_494_505]]);
    expect(inspection.problems).toEqual([]);
  });
});
