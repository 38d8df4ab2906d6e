import type { DecodePriority, SpeechAudio } from './speech-recognizer.ts';
import { speechError } from './speech-error.ts';
import { TurnList } from './turn-list.ts';

export interface DecodeQueueLimits {
  readonly inFlightMax: number;
  /** Decodes of each priority that may wait behind those in flight; one more fails with `speech.queue-full`. */
  readonly queuedMax: number;
}

/** How a decode waits: what `SpeechAudio` says of it. */
export type DecodeRequest = Pick<SpeechAudio, 'priority' | 'callId' | 'signal' | 'promotion'>;

/** What is known of a decode when its turn comes. */
export interface DecodeTurn {
  readonly priority: DecodePriority;
  /** How long it has waited in the priority it has now. */
  readonly waitedMs: number;
}

interface Waiting {
  readonly callId: string;
  readonly start: (turn: DecodeTurn) => void;
  readonly fail: (reason: unknown) => void;
  priority: DecodePriority;
  sinceMs: number;
}

const PRIORITIES: readonly DecodePriority[] = ['final', 'speculative', 'partial'];

/**
 * A bounded number at work, a bounded number waiting. Finals go before speculations, those before partials; within a
 * priority calls take turns, and each call's decodes keep their order. Partials leave one place at work to the others,
 * where there are two, and are dropped (`speech.queue-full`) as soon as a final waits: words of open speech are old by
 * the time there is room again.
 */
export class DecodeQueue {
  readonly #limits: DecodeQueueLimits;
  readonly #waiting: Readonly<Record<DecodePriority, TurnList<Waiting>>> = {
    final: new TurnList(),
    speculative: new TurnList(),
    partial: new TurnList(),
  };
  readonly #idle: (() => void)[] = [];
  #inFlight = 0;
  #partialsInFlight = 0;
  #closed = false;

  constructor(limits: DecodeQueueLimits) {
    this.#limits = limits;
  }

  get waitingCount(): number {
    return PRIORITIES.reduce((sum, priority) => sum + this.#waiting[priority].size, 0);
  }

  /** Runs `work` when its turn comes. Signals only reach work that still waits. */
  async run<T>(work: (turn: DecodeTurn) => Promise<T>, request: DecodeRequest = {}): Promise<T> {
    const turn = await this.#turn(request);
    try {
      return await work(turn);
    } finally {
      this.#inFlight -= 1;
      if (turn.priority === 'partial') this.#partialsInFlight -= 1;
      this.#startNext();
    }
  }

  /** Refuses all that waits or comes later; resolves when nothing is in flight. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const priority of PRIORITIES) {
      for (const each of this.#waiting[priority].takeAll()) each.fail(closedError());
    }
    if (this.#inFlight === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  async #turn(request: DecodeRequest): Promise<DecodeTurn> {
    request.signal?.throwIfAborted();
    if (this.#closed) throw closedError();
    const asked = request.priority ?? 'final';
    const priority = request.promotion?.aborted === true ? 'final' : asked;
    if (this.#hasRoomFor(priority)) {
      this.#take(priority);
      return { priority, waitedMs: 0 };
    }
    if (priority === 'partial' && this.#waiting.final.size > 0) throw droppedError();
    const { size } = this.#waiting[priority];
    if (size >= this.#limits.queuedMax) {
      throw speechError(
        'speech.queue-full',
        `Cannot queue decode: ${size} wait already, limit ${this.#limits.queuedMax}`,
      );
    }
    if (priority === 'final') this.#dropPartials();
    return await this.#wait(priority, request);
  }

  #hasRoomFor(priority: DecodePriority): boolean {
    const { inFlightMax } = this.#limits;
    if (this.#inFlight >= inFlightMax) return false;
    return priority !== 'partial' || this.#partialsInFlight < Math.max(1, inFlightMax - 1);
  }

  #take(priority: DecodePriority): void {
    this.#inFlight += 1;
    if (priority === 'partial') this.#partialsInFlight += 1;
  }

  #dropPartials(): void {
    for (const each of this.#waiting.partial.takeAll()) each.fail(droppedError());
  }

  async #wait(priority: DecodePriority, { callId = '', signal, promotion }: DecodeRequest) {
    const { promise, resolve, reject } = Promise.withResolvers<DecodeTurn>();
    const sinceMs = performance.now();
    const waiting: Waiting = { callId, priority, sinceMs, start: resolve, fail: reject };
    const giveUp = (): void => {
      if (this.#waiting[waiting.priority].remove(waiting)) reject(signal?.reason);
    };
    const promote = (): void => this.#promote(waiting);
    this.#waiting[priority].add(waiting);
    signal?.addEventListener('abort', giveUp, { once: true });
    promotion?.addEventListener('abort', promote, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
      promotion?.removeEventListener('abort', promote);
    }
  }

  /** Never refused: what it was promoted from was bounded already. */
  #promote(waiting: Waiting): void {
    if (waiting.priority === 'final' || !this.#waiting[waiting.priority].remove(waiting)) return;
    waiting.priority = 'final';
    waiting.sinceMs = performance.now();
    this.#dropPartials();
    this.#waiting.final.add(waiting);
  }

  #startNext(): void {
    const next = this.#nextWaiting();
    if (next !== undefined) {
      this.#take(next.priority);
      next.start({ priority: next.priority, waitedMs: performance.now() - next.sinceMs });
    }
    if (this.#inFlight === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #nextWaiting(): Waiting | undefined {
    for (const priority of PRIORITIES) {
      const next = this.#hasRoomFor(priority) ? this.#waiting[priority].take() : undefined;
      if (next !== undefined) return next;
    }
    return undefined;
  }
}

function droppedError(): Error {
  return speechError('speech.queue-full', 'Cannot queue partial decode: a final waits');
}

function closedError(): Error {
  return speechError('speech.closed', 'Cannot decode: the recogniser is closed');
}
