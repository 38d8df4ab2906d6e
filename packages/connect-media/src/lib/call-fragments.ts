import type { ParticipantRole } from '@earshot/domain';
import { CallEvents } from './call-events.ts';
import type { CallMediaEvent, CallMediaRequest } from './call-media.ts';
import {
  isStopAt,
  remainingAim,
  toNumbered,
  type ConnectionAim,
  type NumberedHead,
} from './connection-aim.ts';
import { ContactLatch, type ContactVerdict } from './contact-latch.ts';
import { FragmentAudio } from './fragment-audio.ts';
import type { FragmentHead, FragmentSink, FragmentTail } from './fragment-reader.ts';
import type { MediaProblemCode } from './media-trouble.ts';

interface Current {
  readonly head: FragmentHead;
  /** Absent where damage took the number: such a fragment is never given. */
  readonly numbered: NumberedHead | undefined;
  /** `take`: given as it comes. `hold`: waits for its contact. `drop`: damaged or too large. `skip`: known or too old. */
  verdict: 'take' | 'hold' | 'drop' | 'skip';
  contactId: string | undefined;
  isDamaged: boolean;
}

/** Turns the fragments of one body after another into the events of one call: each byte once, in order, none foreign. */
export class CallFragments implements FragmentSink {
  readonly #latch: ContactLatch;
  readonly #events = new CallEvents();
  readonly #audio = new FragmentAudio(this.#events);
  #aim: ConnectionAim | undefined;
  #fromNumber: bigint;
  #current: Current | undefined;
  #first: NumberedHead | undefined;
  #newest: NumberedHead | undefined;
  #last: NumberedHead | undefined;
  #isContactTold: boolean;
  #completeCount = 0;

  /** The newest fragment read whole that stands before the first one wanted: a place to go on from. */
  margin: NumberedHead | undefined;
  /** Grows with every fragment of the margin not seen before. */
  marginCount = 0;
  /** An `end` event was given. */
  isOver = false;
  /** The first fragment of a connection that ends with it: a probe, or one too late. */
  stoppedAt: NumberedHead | undefined;
  refusal: { readonly errorId: string; readonly errorCode: string } | undefined;

  constructor(request: Pick<CallMediaRequest, 'guid' | 'start'>) {
    this.#latch = new ContactLatch(request);
    this.#isContactTold = this.#latch.contactId !== undefined;
    this.#fromNumber = firstNumber(request.start);
  }

  /** The newest fragment that needs no more reading. */
  get lastComplete(): NumberedHead | undefined {
    return this.#last;
  }

  /** The newest fragment of which something was given. */
  get newestGiven(): NumberedHead | undefined {
    return this.#newest;
  }

  /** Grows with every block or fragment not seen before. */
  get progressCount(): number {
    return this.#completeCount + this.#audio.givenCount;
  }

  /** Nothing more is wanted of this connection. */
  get isStopped(): boolean {
    return this.isOver || this.stoppedAt !== undefined || this.refusal !== undefined;
  }

  /** The named fragment does not exist: take what belongs to the call by time instead. */
  forgetNamedFragment(acceptedAtMs: number): void {
    this.#fromNumber = 0n;
    this.margin = undefined;
    this.#latch.judgeByTime(acceptedAtMs);
  }

  /** Reading begins anew. */
  connect(aim: ConnectionAim): void {
    this.#aim = aim;
    this.#current = undefined;
    this.#audio.drop();
    this.stoppedAt = undefined;
    this.refusal = undefined;
    // What comes before the first fragment of the call belongs to the margin of a position, never to the call.
    if (this.#first !== undefined && this.#first.number > this.#fromNumber) {
      this.#fromNumber = this.#first.number;
    }
  }

  /** Events since the last time. */
  takeEvents(): readonly CallMediaEvent[] {
    return this.#events.take();
  }

  begin(head: FragmentHead): void {
    const numbered = toNumbered(head);
    const aim = this.#aim;
    this.#aim = numbered === undefined ? aim : remainingAim(aim, numbered);
    if (numbered !== undefined && isStopAt(aim, numbered)) {
      this.stoppedAt = numbered;
      return;
    }
    const { contactId, isDamaged } = head;
    const current: Current = { head, numbered, verdict: 'drop', contactId, isDamaged };
    this.#current = current;
    if (numbered === undefined) return;
    const isStale = aim?.beginsAtNewest === true && this.#latch.isBeforeCall(head.serverTimestampMs);
    if (isStale || this.#isKnown(numbered)) {
      current.verdict = 'skip';
      return;
    }
    current.verdict = 'hold';
    this.#audio.begin(numbered.number);
    if (this.#newest?.number === numbered.number || this.#latch.isOwn(contactId)) {
      this.#accept(current, numbered);
    } else if (this.#first !== undefined && !isDamaged && this.#latch.isForeign(contactId)) {
      this.#end();
    }
  }

  block(role: ParticipantRole, pcm: Uint8Array, mediaMs: number): void {
    const current = this.#current;
    if (current === undefined || pcm.length === 0) return;
    if (current.verdict === 'skip' || current.verdict === 'drop') return;
    // Behind damage a block may be another fragment's whose head was lost: it waits for the end of its own.
    if (current.verdict === 'take' && !current.isDamaged) {
      this.#audio.give(role, pcm, mediaMs);
      return;
    }
    const excess = this.#audio.hold(role, pcm, mediaMs, current.isDamaged);
    if (excess === undefined) return;
    current.verdict = 'drop';
    this.#events.problem('media.hold-overflow', excess, current.numbered?.fragmentNumber);
  }

  identity(contactId: string): void {
    const current = this.#current;
    if (current === undefined) return;
    current.contactId = contactId;
    if (current.isDamaged || current.numbered === undefined) return;
    if (current.verdict === 'hold' && this.#latch.isOwn(contactId)) this.#accept(current, current.numbered);
    // Decided when the fragment ends: the ContactId itself may turn out to be damaged.
    else if (current.verdict === 'take' && this.#latch.isForeign(contactId)) current.verdict = 'hold';
  }

  complete(tail: FragmentTail): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    const { numbered } = current;
    if (current.verdict === 'skip') {
      if (numbered !== undefined) this.#completeKnown(current, numbered);
      return;
    }
    // A tail with another number is another fragment's, and so is what it says of the contact.
    const isOwnTail = !current.isDamaged || tail.token === numbered?.fragmentNumber;
    const verdict = this.#judge(current, isOwnTail);
    if (verdict === 'other') {
      this.#end();
      return;
    }
    if (verdict === 'mine' && current.verdict === 'hold' && numbered !== undefined) {
      this.#accept(current, numbered);
    }
    if (current.verdict === 'take' && numbered !== undefined) {
      this.#audio.giveHeld(isOwnTail);
      this.#events.fragmentEnd(numbered, tail);
    } else if (verdict !== 'skip') {
      this.#lose(current, verdict);
    }
    this.#audio.drop();
    if (numbered !== undefined) this.#complete(numbered);
  }

  damaged(message: string): void {
    if (this.#current !== undefined) this.#current.isDamaged = true;
    this.#audio.noteLoss();
    const place = this.#current?.numbered ?? this.#last;
    this.#events.problem('media.damaged', message, place?.fragmentNumber);
  }

  problem(code: MediaProblemCode, message: string): void {
    this.#events.problem(code, message);
  }

  refused(errorId: string, errorCode: string): void {
    this.refusal = { errorId, errorCode };
  }

  #isKnown({ number }: NumberedHead): boolean {
    return number < this.#fromNumber || (this.#last !== undefined && number <= this.#last.number);
  }

  #judge(current: Current, isOwnTail: boolean): ContactVerdict {
    const { head, numbered, isDamaged } = current;
    const contactId = isOwnTail ? current.contactId : head.contactId;
    const wasGiven = numbered !== undefined && this.#newest?.number === numbered.number;
    if (wasGiven && (isDamaged || !this.#latch.isForeign(contactId))) return 'mine';
    return this.#latch.judge({ contactId, serverTimestampMs: head.serverTimestampMs, isDamaged });
  }

  /** The fragment is this call's: what waits of it is given, and what comes. */
  #accept(current: Current, head: NumberedHead): void {
    const { contactId } = current;
    if (this.#latch.isOwn(contactId)) this.#latch.judge({ ...head, contactId, isDamaged: false });
    current.verdict = 'take';
    const latched = this.#latch.contactId;
    if (latched !== undefined && !this.#isContactTold) {
      this.#isContactTold = true;
      this.#events.contact(latched);
    }
    if (this.#newest?.number !== head.number) {
      this.#first ??= head;
      this.#newest = head;
      this.#events.fragment(head, latched);
    }
    if (!current.isDamaged) this.#audio.giveHeld(true);
  }

  #lose({ numbered }: Current, verdict: ContactVerdict): void {
    this.#audio.noteLoss();
    if (verdict !== 'doubtful') return;
    const message = 'Cannot use fragment: it is damaged and does not tell its contact';
    this.#events.problem('media.damaged', message, numbered?.fragmentNumber);
  }

  #completeKnown(current: Current, numbered: NumberedHead): void {
    const { contactId, head, isDamaged } = current;
    if (numbered.number < this.#fromNumber) {
      this.#completeMargin(numbered);
      return;
    }
    if (this.#isKnown(numbered)) {
      if (this.#first !== undefined) this.#events.duplicate(numbered);
    } else if (!this.#latch.isOwn(contactId)) {
      this.#latch.judge({ contactId, serverTimestampMs: head.serverTimestampMs, isDamaged });
    }
    this.#complete(numbered);
  }

  #completeMargin(numbered: NumberedHead): void {
    if (this.margin !== undefined && numbered.number <= this.margin.number) return;
    this.margin = numbered;
    this.marginCount += 1;
  }

  #complete(numbered: NumberedHead): void {
    if (this.#last !== undefined && numbered.number <= this.#last.number) return;
    this.#last = numbered;
    this.#completeCount += 1;
  }

  #end(): void {
    this.isOver = true;
    this.#current = undefined;
    this.#audio.drop();
    this.#events.contactChanged();
  }
}

function firstNumber(start: CallMediaRequest['start']): bigint {
  if (start.type === 'resume') return BigInt(start.fromFragmentNumber);
  return start.selector.type === 'FRAGMENT_NUMBER' ? BigInt(start.selector.afterFragmentNumber) : 0n;
}
