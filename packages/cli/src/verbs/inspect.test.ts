import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  ElementId,
  muxClusterStart,
  muxElement,
  muxHeader,
  muxMaster,
  muxSimpleBlock,
  muxTags,
} from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import { inspectStream } from './inspect.ts';

const mediaUrl = new URL('../../../../../shared/media/', import.meta.url);
const recording = new URL('kvs-get-media-video.mkv', mediaUrl);
const connectShape = new URL('connect-shape.mkv', mediaUrl);
const hasFfmpeg = spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).error === undefined;

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

  it('verifies CRC-32 where it is asked to', async () => {
    const wrongCrc = muxElement(ElementId.CRC32, new Uint8Array(4));
    const info = muxMaster(ElementId.Info, [wrongCrc, muxElement(ElementId.Title, Uint8Array.of(0x61))]);
    const bytes = Buffer.concat([document(Uint8Array.of(1)), info]);
    expect((await inspectStream([bytes])).problems).toEqual([]);
    const { problems } = await inspectStream([bytes], { verifyCrc32: true });
    expect(problems.map(({ code }) => code)).toEqual(['matroska.crc-mismatch']);
  });
});

describe('inspectStream of recordings nobody here made', () => {
  it.skipIf(!existsSync(recording))('counts every block and byte of a GetMedia body', async () => {
    const inspection = await inspectStream([readFileSync(recording)], { verifyCrc32: true });
    expect(inspection.documents).toBe(5);
    expect(inspection.tracks.map(({ blocks, bytes }) => [blocks, bytes])).toEqual([[300, 2_494_505]]);
    expect(inspection.problems).toEqual([]);
  });

  it.skipIf(!existsSync(connectShape))(
    'counts every block of a fragment as Amazon Connect sends it',
    async () => {
      const inspection = await inspectStream([readFileSync(connectShape)], { verifyCrc32: true });
      expect(inspection.tracks.reduce((blocks, track) => blocks + track.blocks, 0)).toBe(4);
      expect(inspection.problems).toEqual([]);
    },
  );

  it.skipIf(!existsSync(recording) || !hasFfmpeg)('hashes the payload that ffmpeg hashes', async () => {
    const { tracks } = await inspectStream([readFileSync(recording)]);
    const args = ['-v', 'quiet', '-i', fileURLToPath(recording), '-map', '0', '-c', 'copy'];
    const output = execFileSync('ffmpeg', [...args, '-f', 'streamhash', '-hash', 'sha256', '-'], {
      encoding: 'utf8',
    });
    const theirs = [...output.matchAll(/SHA256=([0-9a-f]{64})/g)].map(([, hash]) => hash);
    expect(tracks.map(({ sha256 }) => sha256)).toEqual(theirs);
  });
});
