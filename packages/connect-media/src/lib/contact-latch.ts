import type { CallMediaRequest } from './call-media.ts';

/**
 * `mine`: of this call. `skip`: before this call. `other`: the call is over, somebody else speaks.
 * `doubtful`: nobody can tell whose it is, so it is not given.
 */
export type ContactVerdict = 'mine' | 'skip' | 'other' | 'doubtful';

export interface IdentifiedFragment {
  readonly contactId: string | undefined;
  readonly serverTimestampMs: number;
  /** Part of the fragment could not be read: what it says of its contact, or does not say, proves nothing. */
  readonly isDamaged: boolean;
}

/**
 * Decides whose a fragment is. Streams are used again by other contacts, and a ContactId need not be the guid
 * (architecture 9, "Contact"). A fragment without ContactId is whose the one before was.
 */
export class ContactLatch {
  readonly #guid: string;
  /** Set where the position alone does not tell the call from earlier ones. */
  #acceptedAtMs: number | undefined;
  #contactId: string | undefined;
  /** The fragment before was not this call's, or nobody knows. */
  #isAfterStranger = false;

  constructor({ guid, start }: Pick<CallMediaRequest, 'guid' | 'start'>) {
    this.#guid = guid;
    if (start.type === 'resume') this.#contactId = start.latchedContactId;
    else if (start.selector.type === 'NOW') this.#acceptedAtMs = start.acceptedAtMs;
  }

  get contactId(): string | undefined {
    return this.#contactId;
  }

  /** The named fragment is gone: from here on the call is told by its guid or its time, as for NOW. */
  judgeByTime(acceptedAtMs: number): void {
    this.#acceptedAtMs = acceptedAtMs;
  }

  /** Of a time before the call was accepted, as far as that matters and no contact is held to yet. */
  isBeforeCall(serverTimestampMs: number): boolean {
    return this.#contactId === undefined && serverTimestampMs < (this.#acceptedAtMs ?? serverTimestampMs);
  }

  /** Certainly the call's own, whatever else its fragment may say. */
  isOwn(contactId: string | undefined): boolean {
    return contactId !== undefined && contactId === (this.#contactId ?? this.#guid);
  }

  isForeign(contactId: string | undefined): boolean {
    return contactId !== undefined && this.#contactId !== undefined && contactId !== this.#contactId;
  }

  /** Fragments in the order of the stream, each once. */
  judge({ contactId, serverTimestampMs, isDamaged }: IdentifiedFragment): ContactVerdict {
    if (this.isOwn(contactId)) return this.#hold(contactId);
    if (isDamaged) {
      this.#isAfterStranger ||= contactId !== undefined;
      return 'doubtful';
    }
    if (this.isForeign(contactId)) return 'other';
    if (contactId === undefined && this.#isAfterStranger) {
      return this.#contactId === undefined ? 'skip' : 'doubtful';
    }
    if (this.isBeforeCall(serverTimestampMs)) {
      this.#isAfterStranger = contactId !== undefined;
      return 'skip';
    }
    return this.#hold(contactId);
  }

  #hold(contactId: string | undefined): 'mine' {
    this.#contactId ??= contactId;
    this.#isAfterStranger = false;
    return 'mine';
  }
}
