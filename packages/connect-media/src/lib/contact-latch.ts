import type { CallMediaRequest } from './call-media.ts';

/** `mine`: of this call. `skip`: before this call. `other`: the call is over, somebody else speaks. */
export type ContactVerdict = 'mine' | 'skip' | 'other';

export interface IdentifiedFragment {
  readonly contactId: string | undefined;
  readonly serverTimestampMs: number;
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

  judge({ contactId, serverTimestampMs }: IdentifiedFragment): ContactVerdict {
    if (this.#contactId !== undefined) {
      return contactId === undefined || contactId === this.#contactId ? 'mine' : 'other';
    }
    if (this.isBeforeCall(serverTimestampMs) && contactId !== this.#guid) return 'skip';
    this.#contactId = contactId;
    return 'mine';
  }
}
