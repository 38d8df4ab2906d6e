import type { ParticipantRole } from '@earshot/domain';
import { CallEvents } from './call-events.ts';
import type { CallMediaEvent, CallMediaRequest } from './call-media.ts';
import { isStopAt, remainingAim, type ConnectionAim, type NumberedHead } from './connection-aim.ts';
import { CallProgress } from './call-progress.ts';
import { ContactLatch, type ContactVerdict } from './contact-latch.ts';
import { FragmentAudio } from './fragment-audio.ts';
import type { FragmentHead, FragmentSink, FragmentTail } from './fragment-reader.ts';
import type { MediaProblemCode } from './media-trouble.ts';
import { isOwnTail, openFragment, type OpenFragment } from './open-fragment.ts';

/** Turns the fragments of one body after another into the events of one call: each byte once, in order, none foreign. */
export class CallFragments implements FragmentSink {
  readonly #latch: ContactLatch;
  readonly #events: CallEvents;
  readonly #audio: FragmentAudio;
  #aim: ConnectionAim | undefined;
  #current: OpenFragment | undefined;

  readonly progress: CallProgress;
  /** An `end` event was given. */
  isOver = false;
  /** The first fragment of a connection that ends with it: a probe, or one too late. */
  stoppedAt: NumberedHead | undefined;
  refusal: { readonly errorId: string; readonly errorCode: string } | undefined;

  constructor(request: Pick<CallMediaRequest, 'guid' | 'start'>) {
    this.#latch = new ContactLatch(request);
    this.#events = new CallEvents({ isContactTold: this.#latch.contactId !== undefined });
    this.#audio = new FragmentAudio(this.#events);
    this.progress = new CallProgress(request.start);
  }

  /** Grows with every block or fragment not seen before. */
  get progressCount(): number {
    return this.progress.completeCount + this.#audio.givenCount;
  }

  /** Nothing more is wanted of this connection. */
  get isStopped(): boolean {
    return this.isOver || this.stoppedAt !== undefined || this.refusal !== undefined;
  }

  /** The named fragment does not exist: take what belongs to the call by time instead. */
  forgetNamedFragment(acceptedAtMs: number): void {
    this.progress.forgetNamedFragment();
    this.#latch.judgeByTime(acceptedAtMs);
  }

  /** Reading begins anew. */
  connect(aim: ConnectionAim): void {
    this.#aim = aim;
    if (this.#current !== undefined && this.#current.verdict !== 'skip') this.#audio.breakOff();
    this.#current = undefined;
    this.stoppedAt = undefined;
    this.refusal = undefined;
    this.progress.connect();
  }

  /** Events since the last time. */
  takeEvents(): readonly CallMediaEvent[] {
    return this.#events.take();
  }

  begin(head: FragmentHead): void {
    const current = openFragment(head);
    const { numbered, contactId, isDamaged } = current;
    const aim = this.#aim;
    this.#aim = numbered === undefined ? aim : remainingAim(aim, numbered);
    if (numbered !== undefined && isStopAt(aim, numbered)) {
      this.stoppedAt = numbered;
      return;
    }
    this.#current = current;
    if (numbered === undefined) return;
    const isStale = aim?.beginsAtNewest === true && this.#latch.isBeforeCall(head.serverTimestampMs);
    if (isStale || this.progress.isKnown(numbered)) {
      current.verdict = 'skip';
      return;
    }
    current.verdict = 'hold';
    this.#audio.begin(numbered.number);
    if (this.progress.isGiven(numbered) || this.#latch.isOwn(contactId)) {
      this.#accept(current, numbered);
    } else if (this.progress.first !== undefined && !isDamaged && this.#latch.isForeign(contactId)) {
      this.#end();
    }
  }

  block(role: ParticipantRole, pcm: Uint8Array, mediaMs: number): void {
    const current = this.#current;
    if (current === undefined || pcm.length === 0 || current.verdict === 'drop') return;
    if (current.verdict === 'skip') {
      this.#audio.passOver(role);
      return;
    }
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
    const isOwn = isOwnTail(current, tail);
    const verdict = this.#judge(current, isOwn);
    if (verdict === 'other') {
      this.#end();
      return;
    }
    if (verdict === 'mine' && current.verdict === 'hold' && numbered !== undefined) {
      this.#accept(current, numbered);
    }
    if (current.verdict === 'take' && numbered !== undefined) {
      this.#audio.giveHeld(isOwn);
      this.#events.fragmentEnd(numbered, tail);
    } else if (verdict !== 'skip') {
      this.#audio.noteLoss();
      if (verdict === 'doubtful') this.#events.doubtful(numbered?.fragmentNumber);
    }
    this.#audio.drop();
    if (numbered !== undefined) this.progress.complete(numbered);
  }

  damaged(message: string): void {
    if (this.#current !== undefined) this.#current.isDamaged = true;
    this.#audio.noteLoss();
    const place = this.#current?.numbered ?? this.progress.lastComplete;
    this.#events.problem('media.damaged', message, place?.fragmentNumber);
  }

  problem(code: MediaProblemCode, message: string): void {
    this.#events.problem(code, message);
  }

  refused(errorId: string, errorCode: string): void {
    this.refusal = { errorId, errorCode };
  }

  #judge(current: OpenFragment, tellsOfItself: boolean): ContactVerdict {
    const { head, numbered, isDamaged } = current;
    const contactId = tellsOfItself ? current.contactId : head.contactId;
    const wasGiven = this.progress.isGiven(numbered);
    if (wasGiven && (isDamaged || !this.#latch.isForeign(contactId))) return 'mine';
    return this.#latch.judge({ contactId, serverTimestampMs: head.serverTimestampMs, isDamaged });
  }

  /** The fragment is this call's: what waits of it is given, and what comes. */
  #accept(current: OpenFragment, head: NumberedHead): void {
    const { contactId } = current;
    if (this.#latch.isOwn(contactId)) this.#latch.judge({ ...head, contactId, isDamaged: false });
    current.verdict = 'take';
    this.#events.contact(this.#latch.contactId);
    if (!this.progress.isGiven(head)) {
      this.progress.give(head);
      this.#events.fragment(head, this.#latch.contactId);
    }
    if (!current.isDamaged) this.#audio.giveHeld(true);
  }

  #completeKnown({ contactId, head, isDamaged }: OpenFragment, numbered: NumberedHead): void {
    if (!this.progress.isKnown(numbered)) {
      // Too old, but what comes behind it may be whose it was.
      const { serverTimestampMs } = head;
      if (!this.#latch.isOwn(contactId)) this.#latch.judge({ contactId, serverTimestampMs, isDamaged });
    } else if (!this.progress.isMargin(numbered) && this.progress.first !== undefined) {
      this.#events.duplicate(numbered);
    }
    this.progress.complete(numbered);
  }

  #end(): void {
    this.isOver = true;
    this.#current = undefined;
    this.#audio.drop();
    this.#events.contactChanged();
  }
}
