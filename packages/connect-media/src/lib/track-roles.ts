import type { ParticipantRole } from '@earshot/domain';
import type { MatroskaTrack } from '@earshot/matroska';

/** Direction comes from the name only: track numbers and codec ids of Amazon Connect mislead (connect-media 0). */
const ROLE_BY_TRACK_NAME: ReadonlyMap<string, ParticipantRole> = new Map([
  ['AUDIO_FROM_CUSTOMER', 'customer'],
  ['AUDIO_TO_CUSTOMER', 'agent'],
  ['Track_audio/L16', 'customer'],
]);

/** Which track of one document is whose; the first of a side counts. */
export class TrackRoles {
  readonly #roles = new Map<number, ParticipantRole>();

  /** False for a track of neither side, or a second one of the same. */
  add({ number, name = '' }: MatroskaTrack): boolean {
    const role = ROLE_BY_TRACK_NAME.get(name);
    if (role === undefined) return false;
    for (const [known, taken] of this.#roles) if (taken === role && known !== number) return false;
    this.#roles.set(number, role);
    return true;
  }

  of(trackNumber: number): ParticipantRole | undefined {
    return this.#roles.get(trackNumber);
  }

  all(): ReadonlySet<ParticipantRole> {
    return new Set(this.#roles.values());
  }
}
