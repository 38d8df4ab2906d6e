import type { Clock } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import { CallFragments } from './call-fragments.ts';
import type { CallMediaEvent, CallMediaRequest } from './call-media.ts';
import { FlatEvents } from './flat-events.ts';
import { IdleTicks, type Sleep } from './idle-ticks.ts';
import type { MediaConnector } from './media-connector.ts';
import type { OpenCalls } from './open-calls.ts';
import { Patience, type PatienceLimits } from './patience.ts';
import {
  readConnection,
  type ConnectionLimits,
  type ConnectionOutcome,
  type LostConnection,
} from './read-connection.ts';
import { isAboutPosition } from './service-errors.ts';
import { StartPositions, type Position } from './start-positions.ts';
import { WaitingClock } from './waiting-clock.ts';

export interface ReadCallDeps {
  readonly openCalls: OpenCalls;
  readonly connector: MediaConnector;
  readonly limits: PatienceLimits & ConnectionLimits;
  readonly clock: Clock;
  /** Between 0 and 1: how much of a pause is kept. */
  readonly random: () => number;
  /** For pauses between connections. */
  readonly sleep: Sleep;
  readonly logger: Logger;
}

type Failure = Extract<ConnectionOutcome, { type: 'failed' }>;
type Events<Value> = AsyncGenerator<readonly CallMediaEvent[], Value, undefined>;

/** One call over as many connections as it takes. */
export function readCall(
  deps: ReadCallDeps,
  request: CallMediaRequest,
): AsyncGenerator<CallMediaEvent, void, undefined> {
  const clock = new WaitingClock(deps.clock);
  return new FlatEvents(readOpenCall({ ...deps, clock }, request), (isHeld) => clock.hold(isHeld));
}

/** Nothing begins, and nothing has to be put away, before the first event is asked for. */
async function* readOpenCall(deps: ReadCallDeps, request: CallMediaRequest): Events<void> {
  const call = deps.openCalls.enter(request.signal);
  try {
    yield* new CallReading(deps, { ...request, signal: call.signal }).run();
  } finally {
    deps.openCalls.leave(call);
  }
}

class CallReading {
  readonly #deps: ReadCallDeps;
  readonly #request: CallMediaRequest;
  readonly #fragments: CallFragments;
  readonly #positions: StartPositions;
  readonly #patience: Patience;
  readonly #ticks: IdleTicks;
  #lost: LostConnection | undefined;

  constructor(deps: ReadCallDeps, request: CallMediaRequest) {
    this.#deps = deps;
    this.#request = request;
    this.#fragments = new CallFragments(request);
    this.#positions = new StartPositions(request.start);
    this.#patience = new Patience(deps.limits, deps.clock, deps.random);
    this.#ticks = new IdleTicks(deps.clock, deps.sleep);
  }

  async *run(): Events<void> {
    const { signal, streamArn } = this.#request;
    for (;;) {
      signal.throwIfAborted();
      const step = this.#positions.next(this.#fragments.progress);
      if (step.type === 'lookup') {
        const finding = this.#deps.connector.findPredecessor(streamArn, step.lookup, signal);
        this.#positions.found(yield* this.#ticks.until(finding));
        continue;
      }
      const { position } = step;
      const outcome = yield* readConnection(this.#connection(position));
      signal.throwIfAborted();
      if (outcome.type === 'over') return;
      if (outcome.type === 'stopped') {
        if (position.isProbe === true) this.#positions.probed(outcome.at);
        else this.#positions.skip();
        continue;
      }
      if (outcome.type === 'lost') this.#noteLost(outcome, position);
      if (this.#patience.isMediaOver) {
        yield [{ type: 'end', reason: 'media-ended' }];
        return;
      }
      if (outcome.type === 'failed') yield* this.#noteFailed(outcome, position);
      const pauseMs = this.#patience.nextPauseMs();
      this.#deps.logger.debug('media.reconnecting', { streamArn, outcome: outcome.type, pauseMs });
      yield this.#ticks.due();
      yield* this.#ticks.pause(pauseMs, signal);
    }
  }

  #connection(position: Position) {
    return {
      ...this.#deps,
      streamArn: this.#request.streamArn,
      signal: this.#request.signal,
      position,
      fragments: this.#fragments,
      patience: this.#patience,
      ticks: this.#ticks,
      lost: this.#lost,
    };
  }

  #noteLost({ reason }: Extract<ConnectionOutcome, { type: 'lost' }>, position: Position): void {
    this.#patience.noteAnswered(reason === 'body-ended');
    if (reason === 'silent') this.#positions.skip();
    else this.#positions.restart(position);
    if (position.isProbe !== true) this.#lost = { reason };
  }

  /** Throws what cannot be mended by trying again; otherwise notes what to try next. */
  async *#noteFailed({ error, wasOpen }: Failure, position: Position): Events<void> {
    const failingForMs = this.#patience.noteFailure();
    const { code } = error;
    if (this.#patience.hasFailedTooLong || (!error.retryable && !isAboutPosition(code))) throw error;
    yield [{ type: 'retrying', code, failingForMs }];
    if (wasOpen && position.isProbe !== true) this.#lost = { reason: 'refused', code };
    if (!isAboutPosition(code) || !this.#positions.refused()) return;
    const { start } = this.#request;
    if (position.isProbe === true && start.type === 'selector') {
      this.#fragments.forgetNamedFragment(start.acceptedAtMs);
    }
    yield [{ type: 'problem', code, message: error.message }];
  }
}
