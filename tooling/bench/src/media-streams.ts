import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags, type MuxTrack } from '@earshot/matroska';

/** Shapes of `plain` (one document) and `connect` (one document a fragment, as Kinesis Video answers for Connect). */
export type StreamShape = 'plain' | 'connect';

export interface MediaStreamBytes {
  /** The pieces in order; the same few buffers over and over. */
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
  readonly blocks: number;
}

/** 64 ms of 8 kHz 16-bit PCM. */
const BLOCK_BYTES = 1024;
const BLOCK_MS = 64;
/** Of each side, about one second. */
const BLOCKS_IN_FRAGMENT = 16;
/** What Amazon Connect says of its PCM, which is no AAC. */
const CONNECT_CODEC = { trackType: 2, codecId: 'A_AAC', codecPrivate: Uint8Array.of(0x11, 0x90) };
const PCM_CODEC = {
  trackType: 2,
  codecId: 'A_PCM/INT/LIT',
  audio: { samplingFrequencyHz: 8000, channels: 1, bitDepth: 16 },
};
export const PCM_TRACKS: readonly MuxTrack[] = sides(PCM_CODEC);
const CONNECT_TRACKS: readonly MuxTrack[] = sides(CONNECT_CODEC);

function sides(codec: Omit<MuxTrack, 'number' | 'name'>): MuxTrack[] {
  return ['AUDIO_FROM_CUSTOMER', 'AUDIO_TO_CUSTOMER'].map((name, index) => ({
    number: index + 1,
    name,
    ...codec,
  }));
}

/** A call of two sides of noise, at least `bytesMin` long. The noise is the same in every run. */
export function makeMediaStream(shape: StreamShape, bytesMin: number): MediaStreamBytes {
  const fragment = makeFragment(shape);
  const head = shape === 'plain' ? [muxHeader({ tracks: PCM_TRACKS })] : [];
  const headBytes = head.reduce((sum, piece) => sum + piece.byteLength, 0);
  const fragments = Math.max(1, Math.ceil((bytesMin - headBytes) / fragment.byteLength));
  return {
    pieces: [...head, ...Array.from({ length: fragments }, () => fragment)],
    bytes: headBytes + fragments * fragment.byteLength,
    blocks: fragments * BLOCKS_IN_FRAGMENT * PCM_TRACKS.length,
  };
}

function makeFragment(shape: StreamShape): Uint8Array {
  const blocks = Array.from({ length: BLOCKS_IN_FRAGMENT }, (_, index) =>
    PCM_TRACKS.map(({ number }) =>
      muxSimpleBlock({
        trackNumber: number,
        relativeTimestamp: index * BLOCK_MS,
        payload: noise(BLOCK_BYTES, index * PCM_TRACKS.length + number),
      }),
    ),
  ).flat();
  if (shape === 'plain') return Buffer.concat([muxClusterStart(0), ...blocks]);
  return Buffer.concat([
    muxHeader({ tracks: CONNECT_TRACKS }),
    muxTags([
      { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: '91343852333181432392682062623000000000000000001' },
      { name: 'AWS_KINESISVIDEO_SERVER_TIMESTAMP', value: '1763856000.000' },
      { name: 'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', value: '1763856000.000' },
    ]),
    muxTags([{ name: 'ContactId', value: '5f0ac6b2-6b5e-4f2c-9f6f-6b0f3c1d2e4a' }]),
    muxClusterStart(1_763_856_000_000),
    ...blocks,
    muxTags([{ name: 'AWS_KINESISVIDEO_MILLIS_BEHIND_NOW', value: '0' }]),
  ]);
}

/** Bytes of a linear congruential generator (Numerical Recipes' constants). */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}
