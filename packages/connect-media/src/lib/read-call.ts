import type { Clock } from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import { CallFragments } from './call-fragments.ts';
import type { CallMediaEvent, CallMediaRequest, ReconnectReason } from './call-media.ts';
import { IdleTicks } from './idle-ticks.ts';
import type { MediaConnector } from './kinesis-connector.ts';
import type { MediaErrorCode } from './media-trouble.ts';
import { Patience, type PatienceLimits } from './patience.ts';
import { readConnection, type ConnectionLimits, type ConnectionOutcome } from './read-connection.ts';
import { StartPositions, type Position } from './start-positions.ts';

export interface ReadCallDeps {
  readonly connector: MediaConnector;
  readonly limits: PatienceLimits & ConnectionLimits;
  readonly clock: Clock;
  readonly logger: Logger;
}

type MediaFailure = Extract<ConnectionOutcome, { type: 'failed' }>['error'];

/** One call over as many connections as it takes. */
export async function* readCall(
  deps: ReadCallDeps,
  request: CallMediaRequest,
): AsyncGenerator<CallMediaEvent, void, undefined> {
  const { streamArn, signal } = request;
  const fragments = new CallFragments(request);
  const positions = new StartPositions(request.start);
  const patience = new Patience(deps.limits, deps.clock);
  const ticks = new IdleTicks(deps.clock);
  let lost: ReconnectReason | undefined;

  for (;;) {
    signal.throwIfAborted();
    const position = positions.next(fragments.lastComplete);
    const connection = { ...deps, streamArn, position, fragments, patience, ticks, signal, lost };
    const outcome = yield* readConnection(connection);
    signal.throwIfAborted();
    if (outcome.type === 'over') return;
    if (outcome.type === 'probed') {
      positions.probed(outcome.producerTimestampMs);
      continue;
    }
    if (patience.isMediaOver) {
      yield { type: 'end', reason: 'media-ended' };
      return;
    }
    if (outcome.type === 'failed') {
      yield* judgeFailure(outcome.error, position, { request, fragments, positions, patience });
      if (outcome.wasOpen && !position.isProbe) lost = 'refused';
    } else {
      patience.noteAnswered();
      if (outcome.reason === 'silent') positions.skip();
      else positions.restart();
      if (!position.isProbe) lost = outcome.reason;
    }
    const pauseMs = patience.nextPauseMs();
    deps.logger.debug('media.reconnecting', { streamArn, outcome: outcome.type, pauseMs });
    yield* ticks.pause(pauseMs, signal);
  }
}

interface CallState {
  readonly request: CallMediaRequest;
  readonly fragments: CallFragments;
  readonly positions: StartPositions;
  readonly patience: Patience;
}

/** Throws what cannot be mended by trying again; otherwise notes what to try next. */
function* judgeFailure(
  error: MediaFailure,
  position: Position,
  { request, fragments, positions, patience }: CallState,
): Generator<CallMediaEvent, void, undefined> {
  const hasFailedTooLong = patience.noteFailure();
  if (isAboutPosition(error.code)) {
    if (hasFailedTooLong) throw error;
    if (!positions.refused()) return;
    const { start } = request;
    if (position.isProbe && start.type === 'selector') fragments.forgetNamedFragment(start.acceptedAtMs);
    yield { type: 'problem', code: error.code, message: error.message };
    return;
  }
  if (!error.retryable || hasFailedTooLong) throw error;
}

function isAboutPosition(
  code: MediaErrorCode,
): code is 'media.fragment-not-found' | 'media.invalid-argument' {
  return code === 'media.fragment-not-found' || code === 'media.invalid-argument';
}
