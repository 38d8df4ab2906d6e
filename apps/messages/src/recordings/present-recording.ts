import type { Recording } from '@earshot/api';
import { wavByteCount } from '@earshot/recordings';
import type { RecordingLeg } from '@earshot/storage';

/** A recording as it is answered; one that is being erased is not listed, and failed for who holds it. */
export function presentRecording(one: RecordingLeg): Recording {
  const { leg, sessionId, state, startedAtMs, durationMs, holes, file, problem } = one;
  return {
    leg,
    sessionId,
    state: state === 'erasing' ? 'failed' : state,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs,
    ...(file === undefined
      ? {}
      : { byteCount: file.byteCount, wavByteCount: wavByteCount(durationMs), sha256: file.sha256 }),
    holes: holes.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
    ...(problem === undefined ? {} : { problem }),
  };
}
