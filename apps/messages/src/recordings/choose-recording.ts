import { ERROR_CODES } from '@earshot/api';
import type { Refusal } from '@earshot/http';
import type { CallSession, RecordingFile, RecordingLeg } from '@earshot/storage';

export interface ReadyRecording extends RecordingLeg {
  readonly file: RecordingFile;
}

/** Until the next try: a call takes its time, a file is written in a moment. */
const RETRY_SECONDS = { recording: 15, finishing: 2 } as const;

/** A session as far as its recording goes. */
export interface RecordedSession extends Pick<CallSession, 'ordinal' | 'endedAtMs'> {
  readonly settings: Pick<CallSession['settings'], 'audioRecordingAllowed'>;
}

/** The recording that is asked for, or why it cannot be had. `sessions` are all of the call. */
export function chooseRecording(
  legs: readonly RecordingLeg[],
  leg: number | undefined,
  sessions: readonly RecordedSession[],
): { readonly ready: ReadyRecording } | { readonly refusal: Refusal } {
  const [first, ...others] = leg === undefined ? legs : legs.filter((one) => one.leg === leg);
  if (first === undefined) {
    // Its first seconds are in the memory of a worker until there is something to store.
    const begun = sessions.find(
      ({ ordinal, endedAtMs, settings }) =>
        endedAtMs === undefined && settings.audioRecordingAllowed && ordinal === (leg ?? ordinal),
    );
    if (begun !== undefined) return notFinished(begun.ordinal, 'recording');
    const what = leg === undefined ? 'this call' : `leg ${leg} of this call`;
    return notFound(`Nothing was recorded of ${what}`);
  }
  if (others.length > 0) return severalLegs(legs);
  const { file, state } = first;
  if (file !== undefined && state === 'ready') return { ready: { ...first, file } };
  if (state === 'recording' || state === 'finishing') return notFinished(first.leg, state);
  return notFound(`The recording of leg ${first.leg} failed: ${first.problem ?? 'it is being erased'}`);
}

function notFinished(leg: number, state: keyof typeof RETRY_SECONDS): { readonly refusal: Refusal } {
  const message = `The recording of leg ${leg} is not finished`;
  const headers = { 'retry-after': String(RETRY_SECONDS[state]) };
  return { refusal: { code: ERROR_CODES.conflict, message, headers } };
}

function severalLegs(legs: readonly RecordingLeg[]): { readonly refusal: Refusal } {
  const numbers = legs.map((one) => one.leg).join(', ');
  const problem = { pointer: '/leg', message: `must be one of ${numbers}, as several were recorded` };
  const message = `${problem.pointer} ${problem.message}`;
  return { refusal: { code: ERROR_CODES.invalidField, message, problems: [problem] } };
}

function notFound(message: string): { readonly refusal: Refusal } {
  return { refusal: { code: ERROR_CODES.notFound, message } };
}
