import type { DamageFault } from './fragment-view.ts';

export interface ByteRange {
  readonly at: number;
  readonly end: number;
}

export interface Damaged {
  readonly document: Uint8Array;
  /** Where it begins. */
  readonly atByte: number;
  /** Bytes spoilt or left out. */
  readonly bytes: number;
}

const BYTES_DEFAULT = 400;
const HEADER_BYTES = 12;

/**
 * Spoils a document within its Cluster, which is where nothing but PCM and its framing is lost. The same bytes at the
 * same place of the Cluster for the same ordinal and seed, in every answer and every run.
 */
export function damageDocument(
  document: Uint8Array,
  cluster: ByteRange,
  fault: DamageFault,
  ordinal: number,
): Damaged {
  if (fault.how === 'zeroed-header') {
    const zeroed = Uint8Array.from(document).fill(0, 0, HEADER_BYTES);
    return { document: zeroed, atByte: 0, bytes: Math.min(HEADER_BYTES, document.length) };
  }
  const random = randomFrom(`${ordinal}/${fault.seed ?? 0}`);
  const clusterBytes = cluster.end - cluster.at;
  const bytes = Math.min(fault.bytes ?? BYTES_DEFAULT, clusterBytes);
  const atByte = cluster.at + Math.floor((random() / 2 ** 32) * (clusterBytes - bytes + 1));
  if (fault.how === 'missing') {
    const left = Buffer.concat([document.subarray(0, atByte), document.subarray(atByte + bytes)]);
    return { document: left, atByte, bytes };
  }
  const spoilt = Uint8Array.from(document);
  for (let i = 0; i < bytes; i += 1) spoilt[atByte + i] = random() & 0xff;
  return { document: spoilt, atByte, bytes };
}

/** Xorshift over a FNV-1a of the text: enough for noise that comes out the same every time. */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
