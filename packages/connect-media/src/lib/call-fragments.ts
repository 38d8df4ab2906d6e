import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { CallMediaEvent, CallMediaRequest } from './call-media.ts';
import { ContactLatch } from './contact-latch.ts';
import type { FragmentHead, FragmentPart } from './fragment-reader.ts';
import { ProblemsOnce } from './problems-once.ts';

type AudioEvent = Extract<CallMediaEvent, { type: 'audio' }>;

/** Blocks that wait until their fragment tells its contact; real fragments hold about 35 KB. */
const HELD_BYTES_MAX = 1024 * 1024;
/** A longer hole between fragments is worth telling. */
const GAP_MS_MIN = 2000;
const PCM_BYTES_PER_MS = 16;

interface Current {
  readonly head: FragmentHead;
  verdict: 'hold' | 'take' | 'skip';
  readonly held: AudioEvent[];
  heldBytes: number;
}

/** How far one fragment was given out before its connection broke. */
interface Given {
  readonly fragmentNumber: string;
  readonly lastMediaMs: Map<ParticipantRole, number>;
}

/** Turns the fragments of one body after another into the events of one call: each block once, in order, none foreign. */
export class CallFragments {
  readonly #latch: ContactLatch;
  #fromNumber: bigint;
  #current: Current | undefined;
  #given: Given | undefined;
  #last: { readonly number: bigint; readonly head: FragmentHead } | undefined;
  #mediaEndMs: number | undefined;
  readonly #problems = new ProblemsOnce();
  #progressCount = 0;
  #isOver = false;
  #beginsAtNewest = false;

  constructor(request: Pick<CallMediaRequest, 'guid' | 'start'>) {
    this.#latch = new ContactLatch(request);
    this.#fromNumber = firstNumber(request.start);
  }

  /** The newest fragment that needs no more reading. */
  get lastComplete(): FragmentHead | undefined {
    return this.#last?.head;
  }

  /** Grows with every block or fragment not seen before. */
  get progressCount(): number {
    return this.#progressCount;
  }

  /** An `end` event was given. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The named fragment does not exist: take what belongs to the call by time instead. */
  forgetNamedFragment(acceptedAtMs: number): void {
    this.#fromNumber = 0n;
    this.#latch.judgeByTime(acceptedAtMs);
  }

  /** Reading begins anew. The newest fragment of a quiet stream may be long over, also one of the call itself. */
  connect({ beginsAtNewest }: { readonly beginsAtNewest: boolean }): void {
    this.#current = undefined;
    this.#beginsAtNewest = beginsAtNewest;
  }

  *take(part: Exclude<FragmentPart, { type: 'refused' }>): Generator<CallMediaEvent, void, undefined> {
    switch (part.type) {
      case 'begin':
        yield* this.#begin(part.head);
        break;
      case 'block':
        yield* this.#block({ type: 'audio', role: part.role, pcm: part.pcm, mediaMs: part.mediaMs });
        break;
      case 'identity':
        if (this.#current?.verdict === 'hold') yield* this.#identify(this.#current, part.contactId);
        break;
      case 'complete':
        yield* this.#complete(part.millisBehindNow);
        break;
      case 'problem':
        yield* this.#problems.tell(part);
        break;
    }
  }

  *#begin(head: FragmentHead): Generator<CallMediaEvent, void, undefined> {
    const number = BigInt(head.fragmentNumber);
    const isStale = this.#beginsAtNewest && this.#latch.isBeforeCall(head.serverTimestampMs);
    this.#beginsAtNewest = false;
    const isKnown = number < this.#fromNumber || (this.#last !== undefined && number <= this.#last.number);
    const verdict = isKnown || isStale ? 'skip' : 'hold';
    const current: Current = { head, verdict, held: [], heldBytes: 0 };
    this.#current = current;
    if (verdict === 'hold' && head.contactId !== undefined) yield* this.#identify(current, head.contactId);
  }

  *#identify(current: Current, contactId: string | undefined): Generator<CallMediaEvent, void, undefined> {
    const { fragmentNumber, serverTimestampMs, producerTimestampMs } = current.head;
    const latchedBefore = this.#latch.contactId;
    const verdict = this.#latch.judge({ contactId, serverTimestampMs });
    if (verdict === 'other') {
      this.#isOver = true;
      this.#current = undefined;
      yield { type: 'end', reason: 'contact-changed' };
      return;
    }
    current.verdict = verdict === 'mine' ? 'take' : 'skip';
    if (verdict === 'mine') {
      const latched = this.#latch.contactId;
      if (latched !== undefined && latchedBefore === undefined) yield { type: 'contact', contactId: latched };
      if (this.#given?.fragmentNumber !== fragmentNumber) {
        yield* this.#missing(current.head);
        this.#given = { fragmentNumber, lastMediaMs: new Map() };
        yield {
          type: 'fragment',
          fragmentNumber,
          serverTimestampMs,
          producerTimestampMs,
          contactId: latched,
          roles: PARTICIPANT_ROLES.filter((role) => current.head.roles.has(role)),
        };
      }
      for (const audio of current.held) yield* this.#give(audio);
    }
    current.held.length = 0;
    current.heldBytes = 0;
  }

  *#block(audio: AudioEvent): Generator<CallMediaEvent, void, undefined> {
    const current = this.#current;
    if (current?.verdict === 'take') yield* this.#give(audio);
    if (current?.verdict !== 'hold') return;
    current.held.push(audio);
    current.heldBytes += audio.pcm.length;
    if (current.heldBytes <= HELD_BYTES_MAX) return;
    current.verdict = 'skip';
    current.held.length = 0;
    const message = `Cannot hold fragment: ${current.heldBytes} bytes exceed limit ${HELD_BYTES_MAX} bytes`;
    yield { type: 'problem', code: 'media.hold-overflow', message };
  }

  /** Passes a block on unless it was given before the connection broke. */
  *#give(audio: AudioEvent): Generator<CallMediaEvent, void, undefined> {
    const lastMediaMs = this.#given?.lastMediaMs;
    if (audio.mediaMs <= (lastMediaMs?.get(audio.role) ?? Number.NEGATIVE_INFINITY)) return;
    lastMediaMs?.set(audio.role, audio.mediaMs);
    const endMs = audio.mediaMs + audio.pcm.length / PCM_BYTES_PER_MS;
    this.#mediaEndMs = Math.max(this.#mediaEndMs ?? endMs, endMs);
    this.#progressCount += 1;
    yield audio;
  }

  *#complete(millisBehindNow: number | undefined): Generator<CallMediaEvent, void, undefined> {
    const current = this.#current;
    if (current?.verdict === 'hold') yield* this.#identify(current, undefined);
    if (current === undefined) return;
    const { fragmentNumber } = current.head;
    this.#current = undefined;
    const number = BigInt(fragmentNumber);
    if (this.#last === undefined || number > this.#last.number) {
      this.#last = { number, head: current.head };
      this.#progressCount += 1;
    }
    if (current.verdict === 'take') yield { type: 'fragmentEnd', fragmentNumber, millisBehindNow };
  }

  *#missing({ clusterMs, roles }: FragmentHead): Generator<CallMediaEvent, void, undefined> {
    for (const role of PARTICIPANT_ROLES) {
      if (roles.has(role)) continue;
      yield* this.#problems.tell({
        type: 'problem',
        code: 'media.track-missing',
        message: `Cannot hear ${role}: the stream has no track of that side`,
      });
    }
    const gapMs = clusterMs - (this.#mediaEndMs ?? clusterMs);
    if (gapMs >= GAP_MS_MIN) {
      yield { type: 'problem', code: 'media.gap', message: `Cannot find ${Math.round(gapMs)} ms of media` };
    }
  }
}

function firstNumber(start: CallMediaRequest['start']): bigint {
  if (start.type === 'resume') return BigInt(start.fromFragmentNumber);
  return start.selector.type === 'FRAGMENT_NUMBER' ? BigInt(start.selector.afterFragmentNumber) : 0n;
}
