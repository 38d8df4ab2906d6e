import type { ParticipantRole } from '@earshot/domain';
import type { RecordingStretch } from './recording-stretch.ts';

const SAMPLES_PER_MS = 8;
const BYTES_PER_SAMPLE = 2;

/** A copy of one side in which every sample that a mute touches is zero, and no other is changed. */
export function mutePcm(
  { fromMs, pcm, mutes }: Pick<RecordingStretch, 'fromMs' | 'pcm' | 'mutes'>,
  role: ParticipantRole,
): Uint8Array {
  // Not `slice`: that of a Buffer is a view, and the recogniser still reads what is given.
  const muted = new Uint8Array(pcm[role]);
  for (const mute of mutes) {
    if (mute.role !== role) continue;
    const fromSample = Math.max(0, Math.floor((mute.startMs - fromMs) * SAMPLES_PER_MS));
    const toSample = Math.max(0, Math.ceil((mute.endMs - fromMs) * SAMPLES_PER_MS));
    muted.fill(0, fromSample * BYTES_PER_SAMPLE, toSample * BYTES_PER_SAMPLE);
  }
  return muted;
}
