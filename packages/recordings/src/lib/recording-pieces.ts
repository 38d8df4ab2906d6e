import { recordingError } from './recording-error.ts';
import { BYTES_PER_MS, CLUSTER_MS } from './recording-layout.ts';
import { muxRecordingPart } from './mux-recording-part.ts';

/** What `muxRecordingPart` made of a stretch, wherever it is kept. */
export interface RecordingPart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly byteCount: number;
  /** Called once, when its turn has come. */
  readonly open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * Parts, and silence wherever they leave time out between 0 and `durationMs`. Throws `recordings.invalid-argument` for parts
 * that overlap, are out of order or end later.
 */
export function withSilence(parts: readonly RecordingPart[], durationMs: number): RecordingPart[] {
  const pieces: RecordingPart[] = [];
  let reachedMs = 0;
  for (const part of parts) {
    if (part.fromMs < reachedMs || part.toMs < part.fromMs) {
      throw badParts(
        `the part from ${part.fromMs} to ${part.toMs} ms follows one that ends at ${reachedMs} ms`,
      );
    }
    if (part.fromMs > reachedMs) pieces.push(silence(reachedMs, part.fromMs));
    pieces.push(part);
    reachedMs = part.toMs;
  }
  if (!Number.isSafeInteger(durationMs) || durationMs < reachedMs) {
    throw badParts(`its parts end at ${reachedMs} ms, not by its duration ${durationMs} ms`);
  }
  return durationMs > reachedMs ? [...pieces, silence(reachedMs, durationMs)] : pieces;
}

/** A Cluster at a time, for its bytes as for their count: a long hole is not held. */
function silence(fromMs: number, toMs: number): RecordingPart {
  let byteCount = 0;
  for (const cluster of silentClusters(fromMs, toMs)) byteCount += cluster.length;
  return { fromMs, toMs, byteCount, open: () => silentClusters(fromMs, toMs) };
}

function* silentClusters(fromMs: number, toMs: number): Generator<Uint8Array, void, undefined> {
  for (let atMs = fromMs; atMs < toMs; atMs += CLUSTER_MS) {
    const endMs = Math.min(toMs, atMs + CLUSTER_MS);
    const side = new Uint8Array((endMs - atMs) * BYTES_PER_MS);
    const pcm = { customer: side, agent: side };
    yield muxRecordingPart({ fromMs: atMs, toMs: endMs, pcm, mutes: [], cues: [] });
  }
}

function badParts(reason: string): Error {
  return recordingError('recordings.invalid-argument', `Cannot assemble recording: ${reason}`);
}
