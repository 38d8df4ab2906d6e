import { PARTICIPANT_ROLES } from '@earshot/domain';
import type { LeasedSession, RecordingHole, RecordingStore } from '@earshot/storage';
import type { ObjectStore } from '@earshot/storage/objects';
import type { Checkpoint } from '../checkpoint.ts';
import { Timeline } from '../timeline.ts';
import { CallRecorder, type CallRecorderDeps } from './call-recorder.ts';
import { GRID_MS } from './horizon.ts';
import { MUTE_REACH_MS } from './masked-spans.ts';

/** Where recordings are kept. */
export interface RecordingPlace {
  readonly recordings: Pick<RecordingStore, 'addPart' | 'close' | 'find' | 'listMessages'>;
  readonly objects: Pick<ObjectStore, 'put' | 'delete'>;
}

export interface OpenRecorderDeps extends Omit<CallRecorderDeps, keyof RecordingPlace> {
  /** Absent: nothing is recorded. */
  readonly recording?: RecordingPlace;
}

/**
 * The recorder of a call that allows it, which goes on where the one before it stopped; `undefined` for any other call.
 * Messages that were stored before the take-over and are not in a part yet are read back.
 */
export async function openRecorder(
  { recording, ...deps }: OpenRecorderDeps,
  lease: LeasedSession,
  checkpoint: Checkpoint | undefined,
): Promise<CallRecorder | undefined> {
  const { session, leaseEpoch } = lease;
  if (!session.settings.audioRecordingAllowed) return undefined;
  if (recording === undefined) {
    deps.logger.warn('recording.no-store');
    return undefined;
  }
  const isFirst = leaseEpoch === 1;
  const found = isFirst ? undefined : await recording.recordings.find(session);
  const recordedToMs = found?.durationMs ?? 0;
  const recorder = new CallRecorder({ ...deps, ...recording }, lease, {
    recordedToMs,
    nextSamples: {
      customer: checkpoint?.mark.tracks.customer.samples ?? 0,
      agent: checkpoint?.mark.tracks.agent.samples ?? 0,
    },
    holes: unheard(recordedToMs, checkpoint),
  });
  if (isFirst) return recorder;
  const endsFromMs = Math.max(0, recordedToMs - MUTE_REACH_MS);
  const said = await recording.recordings.listMessages({ ...session, endsFromMs });
  for (const message of said) recorder.sayAgain(message);
  return recorder;
}

/** Audio after what is stored and before where the media is read again: the worker before had given it up. */
function unheard(recordedToMs: number, checkpoint: Checkpoint | undefined): readonly RecordingHole[] {
  if (checkpoint === undefined) return [];
  const { mark, zeroMediaMs } = checkpoint;
  const begins = PARTICIPANT_ROLES.map((role) => mark.tracks[role])
    .filter(({ samples }) => samples > 0)
    .map((track) => new Timeline(track).mediaMsAt(track.samples) - zeroMediaMs);
  const toMs = Math.floor(Math.max(0, ...begins) / GRID_MS) * GRID_MS;
  return toMs > recordedToMs ? [{ fromMs: recordedToMs, toMs }] : [];
}
