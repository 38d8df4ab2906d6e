import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { EndpointerSnapshot } from '@earshot/speech';
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

/** Reads back what `saveProgress` stored; anything of another version starts the session from its beginning. */
export function readCheckpoint(saved: unknown): Checkpoint | undefined {
  if (!isCheckpoint(saved)) return undefined;
  return saved;
}

function isCheckpoint(saved: unknown): saved is Checkpoint {
  if (typeof saved !== 'object' || saved === null) return false;
  if (!('version' in saved) || saved.version !== 1) return false;
  if (!('mark' in saved) || typeof saved.mark !== 'object' || saved.mark === null) return false;
  if (!('zeroMediaMs' in saved) || typeof saved.zeroMediaMs !== 'number') return false;
  if (!('endpointers' in saved) || typeof saved.endpointers !== 'object' || saved.endpointers === null) return false;
  const { endpointers } = saved;
  return PARTICIPANT_ROLES.every((role) => role in endpointers);
}
