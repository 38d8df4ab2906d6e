import { Demuxer } from '@earshot/matroska';
import { describe, expect, it } from 'vitest';
import { makeMediaStream } from './media-streams.ts';

describe('makeMediaStream', () => {
  it.each(['plain', 'connect'] as const)('makes a %s stream that reads without a problem', (shape) => {
    const stream = makeMediaStream(shape, 200_000);
    const demuxer = new Demuxer({ strict: true });
    const events = [...stream.pieces.flatMap((piece) => [...demuxer.write(piece)]), ...demuxer.finish()];
    expect(events.filter(({ type }) => type === 'block')).toHaveLength(stream.blocks);
    expect(stream.pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(stream.bytes);
    expect(stream.bytes).toBeGreaterThanOrEqual(200_000);
  });

  it.each([
    { given: 'plain', want: 'one' },
    { given: 'connect', want: 'many' },
  ] as const)('writes $want document(s) for $given', ({ given, want }) => {
    const stream = makeMediaStream(given, 200_000);
    const demuxer = new Demuxer({ strict: true });
    const events = stream.pieces.flatMap((piece) => [...demuxer.write(piece)]);
    const documents = events.filter(({ type }) => type === 'documentStart').length;
    expect(documents).toBe(want === 'one' ? 1 : stream.pieces.length);
  });
});
