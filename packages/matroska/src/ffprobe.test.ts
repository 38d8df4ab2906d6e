import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { muxDocument, pcmTrack } from './index.ts';
import { eventsOfType, readEvents } from './testing.ts';
import { noise } from './testing/connect-fragment.ts';
import { hasFfprobe, probeHashes } from './testing/ffprobe.ts';

const recording = fileURLToPath(new URL('../../../../shared/media/kvs-get-media-video.mkv', import.meta.url));

/** As `probeHashes`: ffprobe counts streams from 0 in the order of Tracks. */
function ourHashes(bytes: Uint8Array): Map<number, string[]> {
  const events = readEvents(bytes, { chunkBytes: 1400 });
  const numbers = [...new Set(eventsOfType(events, 'track').map(({ track }) => track.number))];
  const hashes = new Map<number, string[]>();
  for (const { trackNumber, frames } of eventsOfType(events, 'block')) {
    const stream = numbers.indexOf(trackNumber);
    const ofStream = hashes.get(stream) ?? [];
    for (const frame of frames) ofStream.push(createHash('sha256').update(frame).digest('hex'));
    hashes.set(stream, ofStream);
  }
  return hashes;
}

describe.skipIf(!hasFfprobe)('payloads, as ffprobe reads them', () => {
  it.each(['known', 'unknown'] as const)('are those that the muxer wrote, sizes %s', (size) => {
    const clusters = [0, 1000, 2000].map((timestamp) => ({
      timestamp,
      blocks: Array.from({ length: 20 }, (_, index) => ({
        trackNumber: (index % 2) + 1,
        relativeTimestamp: Math.floor(index / 2) * 100,
        payload: noise(timestamp + index, 1600),
      })),
    }));
    const tracks = [1, 2].map((number) => pcmTrack({ number, sampleRateHz: 8000 }));
    const bytes = muxDocument({ tracks, clusters }, { size });
    const folder = mkdtempSync(join(tmpdir(), 'matroska-ffprobe-'));
    try {
      const file = join(folder, 'call.mkv');
      writeFileSync(file, bytes);
      const want = ourHashes(bytes);
      expect([...want.values()].map((hashes) => hashes.length)).toEqual([30, 30]);
      expect(probeHashes(file)).toEqual(want);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.skipIf(!existsSync(recording))('are those that the demuxer gives of a recorded GetMedia body', () => {
    const want = ourHashes(readFileSync(recording));
    expect(want.get(0)).toHaveLength(300);
    expect(probeHashes(recording)).toEqual(want);
  });
});
