import type { Recording } from '@earshot/api';
import type { RecordingLeg } from '@earshot/storage';
import { wavBytesOf } from './recording-bytes.ts';

/** A recording as it is answered; one that is being erased is not listed, and failed for who holds it. */
export function presentRecording(one: RecordingLeg): Recording {
  const { leg, sessionId, state, startedAtMs, durationMs, holes, file, problem } = one;
  const wavBytes = wavBytesOf(durationMs);
  return {
    leg,
    sessionId,
    state: state === 'erasing' ? 'failed' : state,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs,
    ...(file === undefined ? {} : { byteCount: file.byteCount, sha256: file.sha256 }),
    ...(file === undefined || wavBytes === undefined ? {} : { wavByteCount: wavBytes }),
    holes: holes.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
    ...(problem === undefined ? {} : { problem }),
  };
}
