import type { ParticipantRole } from '@earshot/domain';
import { demux, type MatroskaTrack } from '@earshot/matroska';
import { recordingError } from './recording-error.ts';
import { AUDIO_TRACK_NAMES } from './recording-layout.ts';
import { StereoWindow } from './stereo-window.ts';
import { SAMPLE_RATE_HZ, wavHeader } from './wav-header.ts';

const ELEMENT_BYTES_MAX = 1024 * 1024;

/**
 * A recording as WAV: 8 kHz, 16 bits, customer left, agent right, exactly `wavByteCount(durationMs)` bytes. What the recording
 * leaves out is silent, what lies behind `durationMs` is left out. Holds 10 s. Throws `recordings.unreadable` for a file whose
 * sides are not 8 kHz 16-bit PCM.
 */
export async function* recordingToWav(
  file: AsyncIterable<Uint8Array>,
  durationMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const header = wavHeader(durationMs);
  const window = new StereoWindow((durationMs * SAMPLE_RATE_HZ) / 1000);
  const roles = new Map<number, ParticipantRole>();
  yield header;
  for await (const event of demux(file, { elementBytesMax: ELEMENT_BYTES_MAX })) {
    if (event.type === 'track') addSide(roles, event.track);
    if (event.type === 'block') {
      const role = roles.get(event.trackNumber);
      if (role === undefined) continue;
      let atSample = Math.round((event.timestampMs * SAMPLE_RATE_HZ) / 1000);
      for (const frame of event.frames) {
        yield* window.place(role, atSample, frame);
        atSample += Math.floor(frame.length / 2);
      }
    }
    if (event.type === 'clusterEnd') yield* window.settled();
  }
  if (roles.size === 0) throw unreadable('it has no side of a call');
  yield* window.finish();
}

function addSide(roles: Map<number, ParticipantRole>, { number, name, codecId, audio }: MatroskaTrack): void {
  const role = sideOf(name);
  if (role === undefined) return;
  const isPcm = codecId === 'A_PCM/INT/LIT' && audio?.bitDepth === 16 && audio.channels === 1;
  if (!isPcm || audio.samplingFrequencyHz !== SAMPLE_RATE_HZ) {
    throw unreadable(`the ${role} is not 16-bit PCM of ${SAMPLE_RATE_HZ} Hz in one channel`);
  }
  roles.set(number, role);
}

function sideOf(name: string | undefined): ParticipantRole | undefined {
  if (name === AUDIO_TRACK_NAMES.customer) return 'customer';
  return name === AUDIO_TRACK_NAMES.agent ? 'agent' : undefined;
}

function unreadable(reason: string): Error {
  return recordingError('recordings.unreadable', `Cannot read recording: ${reason}`);
}
