import {
  ElementId,
  muxCues,
  muxMasterStart,
  muxSeekHead,
  muxVoid,
  type MuxCuePoint,
} from '@earshot/matroska';
import { ClusterScanner } from './cluster-scanner.ts';
import { recordingError } from './recording-error.ts';
import { recordingHeader, type RecordingInfo } from './recording-header.ts';
import { AUDIO_TRACKS, CLUSTER_MS } from './recording-layout.ts';
import { withSilence, type RecordingPart } from './recording-pieces.ts';

export interface AssembledRecording {
  /** Of the whole file, known before the first part is read. */
  readonly byteCount: number;
  /** To be read once. Holds a chunk, and a point for every 5 s; a reader that stops closes the part that is open. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * The whole file: header, SeekHead, the parts as they are with silence where they leave time out, Cues. `parts` are in order.
 * The same parts give the same bytes. Throws `recordings.invalid-argument` when parts overlap or outlast `durationMs`;
 * reading throws `recordings.part-damaged` when a part is not what was told of it, and what the parts throw.
 */
export function assembleRecording(info: RecordingInfo, parts: readonly RecordingPart[]): AssembledRecording {
  const pieces = withSilence(parts, info.durationMs);
  const mediaBytes = pieces.reduce((sum, { byteCount }) => sum + byteCount, 0);
  const cuesBytes = cuesRoomBytes(info.durationMs);
  const { ebmlHeader, children } = recordingHeader(info);
  const front = segmentFront(children, mediaBytes);
  const contentBytes = front.length + mediaBytes + cuesBytes;
  const head = Buffer.concat([ebmlHeader, muxMasterStart(ElementId.Segment, contentBytes), front]);
  return {
    byteCount: head.length + mediaBytes + cuesBytes,
    bytes: readRecording(head, pieces, {
      durationMs: info.durationMs,
      mediaAtBytes: front.length,
      cuesBytes,
    }),
  };
}

/** SeekHead, Info and Tracks. Positions count from the first byte of the Segment's content, which is this one. */
function segmentFront(children: readonly Uint8Array[], mediaBytes: number): Uint8Array {
  const [info, tracks] = children;
  const seekHead = (infoAt: number): Uint8Array => {
    const tracksAt = infoAt + (info?.length ?? 0);
    return muxSeekHead([
      { id: ElementId.Info, positionBytes: infoAt },
      { id: ElementId.Tracks, positionBytes: tracksAt },
      { id: ElementId.Cues, positionBytes: tracksAt + (tracks?.length ?? 0) + mediaBytes },
    ]);
  };
  return Buffer.concat([seekHead(seekHead(0).length), ...children]);
}

interface Layout {
  readonly durationMs: number;
  readonly mediaAtBytes: number;
  readonly cuesBytes: number;
}

async function* readRecording(
  head: Uint8Array,
  pieces: readonly RecordingPart[],
  { durationMs, mediaAtBytes, cuesBytes }: Layout,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield head;
  const points: MuxCuePoint[] = [];
  let atBytes = mediaAtBytes;
  for (const piece of pieces) {
    const scanner = new ClusterScanner();
    let readBytes = 0;
    for await (const chunk of piece.open()) {
      readBytes += chunk.length;
      if (readBytes > piece.byteCount) break;
      for (const { timestamp, offsetBytes } of scanner.push(chunk)) {
        // Captions alone may stand at the very end, where there is nothing to play.
        if (timestamp < durationMs) addPoint(points, timestamp, atBytes + offsetBytes);
      }
      yield chunk;
    }
    if (readBytes !== piece.byteCount) throw otherLength(piece, readBytes);
    scanner.finish();
    atBytes += piece.byteCount;
  }
  yield fillRoom(points, cuesBytes);
}

/** One for every 5 s, whatever the length of the Clusters: so the room for all is known beforehand. */
function addPoint(points: MuxCuePoint[], timestamp: number, clusterPositionBytes: number): void {
  const last = points.at(-1);
  if (last !== undefined && slotOf(timestamp) <= slotOf(last.timestamp)) return;
  points.push({ timestamp, trackNumber: AUDIO_TRACKS.customer, clusterPositionBytes });
}

function slotOf(timestampMs: number): number {
  return Math.floor(timestampMs / CLUSTER_MS);
}

function cuesRoomBytes(durationMs: number): number {
  const point = { timestamp: 0, trackNumber: AUDIO_TRACKS.customer, clusterPositionBytes: 0 };
  return muxCues(Array.from({ length: Math.max(1, Math.ceil(durationMs / CLUSTER_MS)) }, () => point)).length;
}

function fillRoom(points: readonly MuxCuePoint[], roomBytes: number): Uint8Array {
  const cues = muxCues(points);
  const leftBytes = roomBytes - cues.length;
  return leftBytes === 0 ? cues : Buffer.concat([cues, muxVoid(leftBytes)]);
}

function otherLength({ fromMs, byteCount }: RecordingPart, readBytes: number): Error {
  const message = `Cannot use part at ${fromMs} ms: read ${readBytes} bytes of the ${byteCount} told of it`;
  return recordingError('recordings.part-damaged', message);
}
