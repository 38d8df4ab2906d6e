import { isCodedError, type Clock } from '@earshot/domain';
import type { LiveBus } from '@earshot/queues';
import type { CallSession, CallStore, LiveMessageStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { openUnredacted, type OpenSealed } from '../unredacted-text.ts';
import type { LiveItem } from './live-event-text.ts';
import { createLiveInbox, type LiveInbox } from './live-inbox.ts';
import { advancePosition, commitPosition, type LivePosition } from './live-position.ts';
import { createLiveWatch } from './live-watch.ts';

export interface FollowDeps {
  readonly calls: Pick<CallStore, 'getCall'>;
  readonly liveMessages: LiveMessageStore;
  readonly openSealed: OpenSealed;
  readonly bus: Pick<LiveBus, 'watch'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a follower of a call that is over stays connected, since a held call goes on. */
  readonly lingerMs: number;
  /** The store is read at least this often, in case the bus lost what it was told. Default 5000 ms. */
  readonly pollMs?: number;
  /** A comment is sent when nothing else was for this long. Default 15 000 ms. */
  readonly heartbeatMs?: number;
}

export interface FollowedCall {
  readonly tenantId: string;
  readonly guid: string;
  readonly conversationId: string;
  readonly sessions: readonly CallSession[];
}

const POLL_MS = 5000;
const HEARTBEAT_MS = 15_000;
const PAGE_MESSAGE_COUNT = 100;

export interface FollowFrom {
  readonly position: LivePosition;
  readonly partials: boolean;
  /** With the raw texts of calls that asked for them. */
  readonly unredacted: boolean;
  /** Asked with each poll; from a `false` on nothing more is told. */
  readonly isAllowed: () => Promise<boolean>;
}

/** One follower's view of a call. */
interface Follower {
  readonly deps: FollowDeps;
  readonly inbox: LiveInbox;
  readonly unredacted: boolean;
  call: FollowedCall;
  position: LivePosition;
  /** Sessions whose end is known to the follower. */
  readonly told: Set<string>;
}

/**
 * Everything committed after a position, then what is committed as it is, with partials where they are wanted, until the
 * signal fires, the follower may read no more, or the call has been over for `lingerMs`. The bus only wakes: messages and ends are read from the store,
 * each once and in the order of commits. Advances only as fast as it is read.
 */
export async function* followConversation(
  deps: FollowDeps,
  call: FollowedCall,
  from: FollowFrom,
  signal: AbortSignal,
): AsyncGenerator<LiveItem> {
  const { pollMs = POLL_MS, heartbeatMs = HEARTBEAT_MS } = deps;
  const follower: Follower = {
    deps,
    call,
    inbox: createLiveInbox(),
    unredacted: from.unredacted,
    position: from.position,
    told: endsOfThePast(call.sessions),
  };
  const { inbox } = follower;
  const { tenantId, conversationId } = call;
  const watch = createLiveWatch(deps, { tenantId, conversationId, partials: from.partials }, inbox.receive);
  let polledAtMs = -Infinity;
  let toldAtMs = performance.now();
  yield { type: 'opened' };
  try {
    while (!signal.aborted) {
      const isPollDue = performance.now() - polledAtMs >= pollMs;
      if (isPollDue) {
        polledAtMs = performance.now();
        if (!(await from.isAllowed())) return;
        // Watched before it is read: what is committed in between rings.
        await watch.ensure();
      }
      for await (const item of news(follower, isPollDue)) {
        yield item;
        toldAtMs = performance.now();
      }
      if (isOverFor(follower, deps.lingerMs)) return;
      const nowMs = performance.now();
      if (nowMs - toldAtMs >= heartbeatMs) {
        yield { type: 'heartbeat' };
        toldAtMs = performance.now();
      }
      await inbox.bell.wait(
        Math.max(0, Math.min(polledAtMs + pollMs, toldAtMs + heartbeatMs) - nowMs),
        signal,
      );
    }
  } finally {
    await watch.close();
  }
}

/** A new follower is told of the last end only; what ended before it is history. */
function endsOfThePast(sessions: readonly CallSession[]): Set<string> {
  const ended = sessions.slice(0, -1).filter(({ state }) => state === 'ended');
  return new Set(ended.map(({ sessionId }) => sessionId));
}

async function* news(follower: Follower, isPollDue: boolean): AsyncGenerator<LiveItem> {
  const { inbox, deps } = follower;
  const isEndDue = inbox.takeEnded() || isPollDue;
  const isReadDue = inbox.takeCommitted() || isEndDue;
  try {
    // The state before the messages: whatever a session committed is there once it has ended.
    if (isEndDue) await readSessions(follower);
    if (isReadDue) yield* newMessages(follower);
    if (isEndDue) yield* newEnds(follower);
  } catch (error) {
    if (!isCodedError(error) || !error.retryable) throw error;
    deps.logger.warn('live.read-failed', { conversationId: follower.call.conversationId, error });
  }
  for (const partial of inbox.takePartials()) yield { type: 'partial', partial };
}

async function readSessions(follower: Follower): Promise<void> {
  const { tenantId, guid } = follower.call;
  const read = await follower.deps.calls.getCall(tenantId, guid);
  if (read !== undefined) follower.call = { ...follower.call, sessions: read.sessions };
}

async function* newMessages(follower: Follower): AsyncGenerator<LiveItem> {
  const { tenantId, conversationId } = follower.call;
  for (;;) {
    const messages = await follower.deps.liveMessages.listCommitted({
      tenantId,
      conversationId,
      position: commitPosition(follower.position),
      unredacted: follower.unredacted,
      limit: PAGE_MESSAGE_COUNT,
    });
    const opened = await openUnredacted(follower.deps.openSealed, tenantId, messages);
    for (const message of messages) {
      follower.position = advancePosition(follower.position, message);
      follower.inbox.finished(message.streamId, message.startMs);
      const unredactedText = opened.get(message.messageId);
      yield { type: 'message', message, unredactedText, position: follower.position };
    }
    if (messages.length < PAGE_MESSAGE_COUNT) return;
  }
}

async function* newEnds({ call, told }: Follower): AsyncGenerator<LiveItem> {
  const callState = call.sessions.find(({ state }) => state !== 'ended')?.state ?? 'ended';
  for (const { sessionId, state } of call.sessions) {
    if (state !== 'ended' || told.has(sessionId)) continue;
    told.add(sessionId);
    yield { type: 'end', end: { sessionId, callState } };
  }
}

function isOverFor({ call, told, deps }: Follower, durationMs: number): boolean {
  return call.sessions.every(
    ({ sessionId, endedAtMs }) =>
      told.has(sessionId) && endedAtMs !== undefined && deps.clock.now() - endedAtMs >= durationMs,
  );
}
