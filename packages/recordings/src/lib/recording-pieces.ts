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

/** Made when its turn comes, a Cluster at a time: a long hole is not held. */
function silence(fromMs: number, toMs: number): RecordingPart {
  return { fromMs, toMs, byteCount: silentBytes(fromMs, toMs), open: () => silentClusters(fromMs, toMs) };
}

/** Silent Clusters of one length differ in the bytes of their Timestamp alone, so that one of each is counted. */
function silentBytes(fromMs: number, toMs: number): number {
  const known = new Map<string, number>();
  let byteCount = 0;
  for (const { atMs, endMs } of clusterSpans(fromMs, toMs)) {
    const timestampBytes = Math.ceil(atMs.toString(16).length / 2);
    const key = `${endMs - atMs} ${timestampBytes}`;
    const clusterBytes = known.get(key) ?? silentCluster(atMs, endMs).length;
    known.set(key, clusterBytes);
    byteCount += clusterBytes;
  }
  return byteCount;
}

function* silentClusters(fromMs: number, toMs: number): Generator<Uint8Array, void, undefined> {
  for (const { atMs, endMs } of clusterSpans(fromMs, toMs)) yield silentCluster(atMs, endMs);
}

function silentCluster(fromMs: number, toMs: number): Uint8Array {
  const side = new Uint8Array((toMs - fromMs) * BYTES_PER_MS);
  return muxRecordingPart({ fromMs, toMs, pcm: { customer: side, agent: side }, mutes: [], cues: [] });
}

function* clusterSpans(
  fromMs: number,
  toMs: number,
): Generator<{ readonly atMs: number; readonly endMs: number }, void, undefined> {
  for (let atMs = fromMs; atMs < toMs; atMs += CLUSTER_MS) {
    yield { atMs, endMs: Math.min(toMs, atMs + CLUSTER_MS) };
  }
}

function badParts(reason: string): Error {
  return recordingError('recordings.invalid-argument', `Cannot assemble recording: ${reason}`);
}
