import { assembleRecording } from '../lib/assemble-recording.ts';
import { muxRecordingPart } from '../lib/mux-recording-part.ts';
import { BYTES_PER_MS } from '../lib/recording-layout.ts';
import type { RecordingPart } from '../lib/recording-pieces.ts';
import type { RecordingCue, RecordingMute } from '../lib/recording-stretch.ts';

/** Samples that are never zero, so that whatever is silent was muted or left out. */
export function voicedPcm(byteCount: number, seed: number): Uint8Array {
  const pcm = Buffer.alloc(byteCount);
  for (let at = 0; at + 1 < byteCount; at += 2) pcm.writeInt16LE(((at * 31 + seed * 7919) % 32_000) + 1, at);
  return pcm;
}

export interface SampleStretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly mutes?: readonly RecordingMute[];
  readonly cues?: readonly RecordingCue[];
}

/** A part with a voice on either side. */
export function samplePart({ fromMs, toMs, mutes = [], cues = [] }: SampleStretch): RecordingPart {
  const byteCount = (toMs - fromMs) * BYTES_PER_MS;
  const pcm = { customer: voicedPcm(byteCount, fromMs + 1), agent: voicedPcm(byteCount, fromMs + 2) };
  const part = muxRecordingPart({ fromMs, toMs, pcm, mutes, cues });
  return { fromMs, toMs, byteCount: part.length, open: () => [part] };
}

export const SAMPLE_CUES: readonly RecordingCue[] = [
  { role: 'agent', startMs: 0, endMs: 900, text: 'Thank you for calling' },
  { role: 'customer', startMs: 1250, endMs: 3350, text: 'Two lines\nof text' },
  { role: 'agent', startMs: 9_999, endMs: 11_500, text: 'Zwölf Boxkämpfer — 日本語 🎧' },
  { role: 'customer', startMs: 12_000, endMs: 12_001, text: 'My PIN is ####.' },
];

/** Three parts; the second lacks its middle, and the one caption of its beginning comes late with the third. */
export function sampleParts(): RecordingPart[] {
  const [first, second, late, last] = SAMPLE_CUES;
  const cues = (...given: (RecordingCue | undefined)[]) => given.filter((cue) => cue !== undefined);
  const mutes = [{ role: 'customer', startMs: 4_120, endMs: 5_480 } as const];
  return [
    samplePart({ fromMs: 0, toMs: 7_000, mutes, cues: cues(first, second) }),
    samplePart({ fromMs: 9_000, toMs: 10_000 }),
    samplePart({ fromMs: 10_000, toMs: 13_337, cues: cues(late, last) }),
  ];
}

export const SAMPLE_INFO = {
  title: 'guid-1',
  startedAtMs: Date.UTC(2026, 10, 23, 12, 30, 0, 250),
  language: 'en-US',
  durationMs: 14_000,
};

export async function sampleFile(): Promise<Buffer> {
  return await collect(assembleRecording(SAMPLE_INFO, sampleParts()).bytes);
}

export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As a socket or a disk gives it. */
export async function* inChunks(
  bytes: Uint8Array,
  chunkBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}
