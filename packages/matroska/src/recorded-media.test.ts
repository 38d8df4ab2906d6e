import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MatroskaEvent } from './index.ts';
import { eventsOfType, readEvents } from './testing.ts';

const mediaUrl = new URL('../../../../shared/media/', import.meta.url);

/** Recordings that nobody here made, and what their origin says of them. They are not part of the repository. */
const recordings = [
  {
    given: 'kvs-get-media-video.mkv',
    want: { documents: 5, clusters: 5, blocks: 300, payloadBytes: 2_494_505, tags: 60, problems: 0 },
    firstBlockMs: 0,
  },
  {
    given: 'connect-shape.mkv',
    want: { documents: 1, clusters: 1, blocks: 4, payloadBytes: 96, tags: 15, problems: 0 },
    firstBlockMs: 1_000_000_000_000,
  },
];

function summary(events: readonly MatroskaEvent[]): Record<string, number> {
  const blocks = eventsOfType(events, 'block');
  return {
    documents: eventsOfType(events, 'documentEnd').length,
    clusters: eventsOfType(events, 'clusterEnd').length,
    blocks: blocks.length,
    payloadBytes: blocks.flatMap((block) => block.frames).reduce((bytes, frame) => bytes + frame.length, 0),
    tags: eventsOfType(events, 'tag').length,
    problems: eventsOfType(events, 'problem').length,
  };
}

describe('Demuxer', () => {
  for (const { given, want, firstBlockMs } of recordings) {
    for (const chunkBytes of [1400, 65_536, Infinity]) {
      it(`gives every block and byte of ${given} in chunks of ${chunkBytes} bytes`, (context) => {
        const file = new URL(given, mediaUrl);
        context.skip(!existsSync(file), `${given} is not on this machine: nothing was checked`);
        const events = readEvents(readFileSync(file), { chunkBytes });
        expect(summary(events)).toEqual(want);
        expect(eventsOfType(events, 'block')[0]?.timestampMs).toBe(firstBlockMs);
      });
    }
  }
});
