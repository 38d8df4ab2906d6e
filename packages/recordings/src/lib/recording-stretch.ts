import type { ParticipantRole } from '@earshot/domain';
import { recordingError } from './recording-error.ts';
import { BYTES_PER_MS } from './recording-layout.ts';

/** A caption. Times are ms since the recording's zero; `text` is what is shown, already redacted. */
export interface RecordingCue {
  readonly role: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** What is not to be heard of a side: ms since the recording's zero, the end not included. */
export interface RecordingMute {
  readonly role: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
}

/** What lies between two moments of a call. */
export interface RecordingStretch {
  /** Whole ms since the recording's zero; multiples of 100 keep the blocks on one grid. */
  readonly fromMs: number;
  /** Not included. Equal to `fromMs` for captions that came after their audio was written. */
  readonly toMs: number;
  /** 8 kHz, 16-bit little-endian, mono: `(toMs - fromMs) * BYTES_PER_MS` bytes a side. It is not altered. */
  readonly pcm: Readonly<Record<ParticipantRole, Uint8Array>>;
  /** They may begin before the stretch and end behind it. Fractions of a ms are widened to whole samples. */
  readonly mutes: readonly RecordingMute[];
  /** Those that begin before `toMs` and are not in another part. */
  readonly cues: readonly RecordingCue[];
}

/** Throws `recordings.invalid-argument`; a text of the call is in no message. */
export function checkStretch({ fromMs, toMs, pcm, cues }: RecordingStretch): void {
  if (!Number.isSafeInteger(fromMs) || !Number.isSafeInteger(toMs) || fromMs < 0 || toMs < fromMs) {
    throw badStretch(`${fromMs} to ${toMs} ms is not a stretch of whole milliseconds from 0`);
  }
  const wantBytes = (toMs - fromMs) * BYTES_PER_MS;
  for (const [role, side] of Object.entries(pcm)) {
    if (side.byteLength !== wantBytes) {
      throw badStretch(`${side.byteLength} bytes of the ${role} are not the ${wantBytes} of its length`);
    }
  }
  for (const { startMs, endMs } of cues) {
    const isOrdered = startMs >= 0 && endMs >= startMs && Number.isFinite(endMs);
    if (!isOrdered || (startMs >= toMs && startMs > fromMs)) {
      throw badStretch(`a caption from ${startMs} to ${endMs} ms begins outside ${fromMs} to ${toMs} ms`);
    }
  }
}

function badStretch(reason: string): Error {
  return recordingError('recordings.invalid-argument', `Cannot write part of a recording: ${reason}`);
}
