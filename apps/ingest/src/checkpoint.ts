import type { ParticipantRole } from '@earshot/domain';
import { parseEndpointerSnapshot, type EndpointerSnapshot } from '@earshot/speech';
import type { FragmentMark } from './fragment-marks.ts';

/**
 * Everything another worker needs to continue a call with the same cuts and times: it reads from the fragment of
 * `mark`, places every block, and feeds each endpointer from its anchor on. JSON-safe; holds no audio and no text.
 */
export interface Checkpoint {
  readonly version: 1;
  readonly contactId: string | null;
  /** Media time of the session's first accepted block: the zero of `startMs` and `endMs`. */
  readonly zeroMediaMs: number;
  readonly mark: FragmentMark;
  readonly endpointers: Readonly<Record<ParticipantRole, EndpointerSnapshot>>;
}

/** Reads back what `saveProgress` stored; anything else starts the session from its beginning. */
export function readCheckpoint(saved: unknown): Checkpoint | undefined {
  if (!isCheckpointShape(saved)) return undefined;
  const { customer, agent } = saved.endpointers;
  return {
    ...saved,
    endpointers: { customer: parseEndpointerSnapshot(customer), agent: parseEndpointerSnapshot(agent) },
  };
}

/** Shallow: the column is written by this app alone, so the version tells the rest. */
function isCheckpointShape(saved: unknown): saved is Checkpoint {
  return (
    typeof saved === 'object' &&
    saved !== null &&
    'version' in saved &&
    saved.version === 1 &&
    'mark' in saved &&
    'endpointers' in saved
  );
}
