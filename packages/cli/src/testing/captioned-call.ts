import { muxCue, muxDocument, subtitleTrack, type MuxTrack } from '@earshot/matroska';
import { assembleRecording, BYTES_PER_MS, muxRecordingPart, type RecordingCue } from '@earshot/recordings';

/** A recording of ours of one second of a steady voice on the customer's side, with the captions given. */
export async function recordedCall(title: string, cues: readonly RecordingCue[]): Promise<Buffer> {
  const side = (sample: number) => Buffer.from(new Int16Array(8000).fill(sample).buffer);
  const pcm = { customer: side(1000), agent: side(-1000) };
  const part = muxRecordingPart({ fromMs: 0, toMs: side(0).length / BYTES_PER_MS, pcm, mutes: [], cues });
  const info = { title, startedAtMs: Date.UTC(2026, 10, 22, 14, 5), language: 'en-US', durationMs: 1000 };
  const byteCount = part.length;
  const { bytes } = assembleRecording(info, [{ fromMs: 0, toMs: 1000, byteCount, open: () => [part] }]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A file of somebody else: captions alone, without title and date, in tracks of the names given. */
export function captionFile(
  names: readonly (string | undefined)[],
  texts: readonly { readonly track: number; readonly startMs: number; readonly text: string }[],
  more: readonly MuxTrack[] = [],
): Buffer {
  const tracks = names.map((name, index) =>
    subtitleTrack({ number: index + 1, ...(name === undefined ? {} : { name }) }),
  );
  const blocks = texts.map(({ track, startMs, text }) =>
    muxCue({ trackNumber: track, relativeTimestamp: startMs, durationTicks: 500, text }),
  );
  return Buffer.from(muxDocument({ tracks: [...tracks, ...more], clusters: [{ timestamp: 0, blocks }] }));
}
