import type { ParticipantRole } from '@earshot/domain';
import { parseEndpointerSnapshot, type EndpointerSnapshot } from '@earshot/speech';
import type { FragmentMark } from './fragment-marks.ts';
import { EMPTY_TIMELINE } from './timeline.ts';

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

const NOTHING_COUNTED = { fragmentCount: 0, damageCount: 0 };

/** Reads back what `saveProgress` stored; anything else starts the session from its beginning. */
export function readCheckpoint(saved: unknown): Checkpoint | undefined {
  if (!isCheckpointShape(saved)) return undefined;
  const { customer, agent } = saved.endpointers;
  const { tracks } = saved.mark;
  return {
    ...saved,
    // What an earlier release did not save yet begins empty.
    mark: {
      ...NOTHING_COUNTED,
      ...saved.mark,
      tracks: {
        customer: { ...EMPTY_TIMELINE, ...tracks.customer },
        agent: { ...EMPTY_TIMELINE, ...tracks.agent },
      },
    },
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
