import { AppError, PCM_BYTES_PER_SAMPLE } from '@earshot/domain';

/** 512 samples of 16 bits: 64 ms at 8 kHz, the block of Amazon Connect. */
export const BLOCK_BYTES = 1024;

/** 16-bit little-endian mono PCM at 8 kHz, whole or as it comes. */
export type PcmSource = AsyncIterable<Uint8Array> | Uint8Array;

/** Cuts PCM into blocks; only the last one may be shorter. Throws `producer.odd-pcm` for half a sample at the end. */
export async function* pcmBlocks(pcm: PcmSource): AsyncGenerator<Uint8Array, void, undefined> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of pcm instanceof Uint8Array ? [pcm] : pcm) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) yield bytes.subarray(at, at + BLOCK_BYTES);
    rest = bytes.subarray(at);
  }
  if (rest.length % PCM_BYTES_PER_SAMPLE !== 0) {
    const message = `Cannot play PCM: its last ${rest.length} bytes are not a whole number of 16-bit samples`;
    throw new AppError('producer.odd-pcm', message, { retryable: false });
  }
  if (rest.length > 0) yield rest;
}
