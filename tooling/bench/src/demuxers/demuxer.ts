/** One library's way from bytes to blocks. */
export interface BenchDemuxer {
  readonly name: string;
  /** Reads the stream to its end and gives each block's track number and payload. Throws what the library throws. */
  readonly run: (chunks: AsyncIterable<Uint8Array>, onBlock: OnBlock) => Promise<void>;
}

export type OnBlock = (trackNumber: number, payload: Uint8Array) => void;

/** Loaded one by one, so that no measurement carries another library. */
export const DEMUXERS: ReadonlyMap<string, () => Promise<BenchDemuxer>> = new Map([
  ['ours', async () => (await import('./ours.ts')).ours],
  ['ours-confirmed', async () => (await import('./ours.ts')).oursConfirmed],
  ['ours-async', async () => (await import('./ours.ts')).oursAsync],
  ['ts-ebml', async () => (await import('./ts-ebml.ts')).tsEbml],
  ['ebml-stream', async () => (await import('./ebml-stream.ts')).ebmlStream],
  ['mediabunny', async () => (await import('./mediabunny.ts')).mediabunny],
  ['ebml', async () => (await import('./ebml.ts')).ebml],
  ['raw-read', async () => (await import('./raw-read.ts')).rawRead],
]);
