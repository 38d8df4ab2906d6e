import { ERROR_CODES, type FollowCallQuery } from '@earshot/api';
import { hasScope } from '@earshot/auth';
import { cutConnection, refuse, type AppEnv, type QueryParams } from '@earshot/http';
import type { Context } from 'hono';
import { eventStream } from '../../live/event-stream.ts';
import {
  followConversation,
  type FollowDeps,
  type FollowedCall,
  type FollowFrom,
} from '../../live/follow-conversation.ts';
import { watchKey, type KeyWatchDeps } from '../../live/key-watch.ts';
import type { LiveConnections } from '../../live/live-connections.ts';
import { liveEventText } from '../../live/live-event-text.ts';
import {
  commitPosition,
  decodePosition,
  LIVE_BEGINNING,
  type LivePosition,
} from '../../live/live-position.ts';

export interface FollowCallDeps extends FollowDeps, KeyWatchDeps {
  readonly connections: LiveConnections;
  /** A follower that takes nothing for this long is cut off. */
  readonly stallMs: number;
}

const FULL_RETRY_SECONDS = '5';

/** GET /earshot/v1/calls/{guid}/live */
export function followCall(deps: FollowCallDeps) {
  return async (c: Context<AppEnv, '/earshot/v1/calls/:guid/live', QueryParams<FollowCallQuery>>) => {
    const { tenantId, scopes, apiId } = c.get('key');
    const { partials = false } = c.req.valid('query');
    if (partials && !hasScope(scopes, 'transcripts:partial')) {
      const message = 'The key lacks the scope transcripts:partial';
      return refuse(c, { code: ERROR_CODES.forbidden, message });
    }
    const lastEventId = c.req.header('last-event-id');
    const position = lastEventId === undefined ? LIVE_BEGINNING : decodePosition(lastEventId);
    if (position === undefined) {
      const message = 'Last-Event-ID must be the id of an earlier event';
      return refuse(c, { code: ERROR_CODES.invalidField, message });
    }
    const guid = c.req.param('guid');
    const read = await deps.calls.getCall(tenantId, guid);
    if (read === undefined) {
      return refuse(c, { code: ERROR_CODES.notFound, message: 'No call with this guid' });
    }
    const call: FollowedCall = { tenantId, guid, ...read };
    if (lastEventId !== undefined && (await hasNothingMore(deps, call, position))) return c.body(null, 204);
    // Hono drops the body of an answer to HEAD without cancelling it: the follower would stay.
    if (c.req.method === 'HEAD') {
      tellEventStream(c);
      return c.body(null);
    }
    return openStream(c, deps, call, {
      position,
      partials,
      unredacted: hasScope(scopes, 'transcripts:unredacted'),
      isAllowed: watchKey(deps, apiId),
    });
  };
}

/** Browsers come back for ever when a stream ends, unless they are answered 204. */
async function hasNothingMore(
  deps: FollowCallDeps,
  call: FollowedCall,
  position: LivePosition,
): Promise<boolean> {
  const { tenantId, conversationId, sessions } = call;
  const overBeforeMs = deps.clock.now() - deps.lingerMs;
  if (!sessions.every(({ endedAtMs = Infinity }) => endedAtMs <= overBeforeMs)) return false;
  const query = { tenantId, conversationId, position: commitPosition(position), limit: 1 };
  return (await deps.liveMessages.listCommitted(query)).length === 0;
}

function openStream(
  c: Context<AppEnv>,
  deps: FollowCallDeps,
  call: FollowedCall,
  from: FollowFrom,
): Response {
  const connection = deps.connections.open();
  if (connection === undefined) {
    const headers = { 'retry-after': FULL_RETRY_SECONDS };
    const message = 'Too many calls are followed at once';
    return refuse(c, { code: ERROR_CODES.unavailable, message, headers });
  }
  const items = followConversation(deps, call, from, connection.signal);
  const stream = eventStream(texts(items), {
    stallMs: deps.stallMs,
    stop: () => connection.close('client'),
    onStalled() {
      connection.close('slow');
      cutConnection(c);
    },
    onFailed(error) {
      deps.logger.error('live.failed', { requestId: c.get('requestId'), error });
      connection.close('failed');
    },
    onClosed: (by) => connection.close(by === 'source' ? 'over' : 'client'),
  });
  tellEventStream(c);
  return c.body(stream);
}

function tellEventStream(c: Context<AppEnv>): void {
  c.header('content-type', 'text/event-stream; charset=utf-8');
  // Nothing may hold events back, and the connection has no use after them.
  c.header('x-accel-buffering', 'no');
  c.header('connection', 'close');
}

async function* texts(items: ReturnType<typeof followConversation>): AsyncGenerator<string> {
  for await (const item of items) yield liveEventText(item);
}
