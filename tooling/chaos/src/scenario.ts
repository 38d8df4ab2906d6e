import type { ParticipantRole } from '@earshot/domain';
import type { Fault, IdentityPosition } from '@earshot/kvs-emulator';
import type { FragmentFate } from './expected-audio.ts';

/** Media in a fragment of Amazon Connect: sixteen blocks. */
export const FRAGMENT_MS = 1024;

/** What happens to one call. Ordinals count the call's own fragments from 0. */
export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly fragmentCount: number;
  readonly identity: IdentityPosition;
  readonly start: 'NOW' | 'FRAGMENT_NUMBER';
  /** Fragments of another contact in the stream before and after the call. */
  readonly before: number;
  readonly after: number;
  /** Media seconds a second. */
  readonly speed: number;
  readonly areTracksSwapped?: boolean;
  /** Given the ordinal of the call's first fragment in its stream. */
  readonly faults: (firstOrdinal: number) => readonly Fault[];
  /** What is lost by the faults; everything else has to be heard. */
  readonly fate?: (ordinal: number, role: ParticipantRole) => FragmentFate;
  /** The call ends before this fragment: from here on it carries another contact. */
  readonly endsBefore?: number;
  /** No new media for this long is the end of the call; for one after which nobody else speaks. */
  readonly mediaIdleMsMax?: number;
  /** The worker is gone after so many media events; another one takes over each time. */
  readonly deaths?: readonly Death[];
  /** Fault kinds that need not have struck, since it depends on timing whether they can. */
  readonly mayMiss?: readonly Fault['kind'][];
}

export interface Death {
  /** `kill`: nothing it does later counts. `hand-over`: it may finish what it has begun. */
  readonly type: 'kill' | 'hand-over';
  readonly afterEvents: number;
}

export function isWhole(): FragmentFate {
  return 'whole';
}
