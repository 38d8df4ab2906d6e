import { ERROR_CODES, validateFollowCallQuery } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import {
  createApp,
  queryParams,
  requireScope,
  type AppEnv,
  type KeyLookup,
  type RateLimit,
  type ReadyCheck,
} from '@earshot/http';
import type { LiveBus } from '@earshot/queues';
import type {
  CallStore,
  ConversationStore,
  LiveMessageStore,
  MessageStore,
  RedactionSettingsStore,
} from '@earshot/storage';
import type { Logger, Metrics } from '@earshot/telemetry';
import type { Hono } from 'hono';
import { addFilingRoutes } from './filing/filing-routes.ts';
import { addConversationRoutes } from './conversation-routes.ts';
import type { LiveConnections } from './live/live-connections.ts';
import { followCall } from './routes/follow-call/handler.ts';
import type { OpenSealed } from './unredacted-text.ts';

export interface MessagesDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly keys: KeyLookup;
  readonly rateLimit: RateLimit;
  readonly checkReady: ReadyCheck;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly openSealed: OpenSealed;
  readonly redactionSettings: Pick<RedactionSettingsStore, 'get'>;
  /** `REDACTION_FORCED` */
  readonly redactionForced: boolean;
  /** Ids of filed messages are derived with it. */
  readonly messageIdKey: Uint8Array;
  readonly calls: Pick<CallStore, 'getCall'>;
  readonly liveMessages: LiveMessageStore;
  readonly bus: Pick<LiveBus, 'watch'>;
  readonly connections: LiveConnections;
  /** A follower that takes nothing for this long is cut off. */
  readonly stallMs: number;
  /** How long a follower of a call that is over stays connected. */
  readonly lingerMs: number;
  /** See `FollowDeps`. */
  readonly pollMs?: number;
  readonly heartbeatMs?: number;
}

/** Failures of the store that are mistakes of the request. */
export const MESSAGES_ERROR_CODES = { 'storage.cursor-invalid': ERROR_CODES.invalidField } as const;

/** The route table; `createApp` puts request id, access log, credentials and quota before every route. */
export function createMessagesApp(deps: MessagesDeps): Hono<AppEnv> {
  const { logger, metrics, clock, keys, rateLimit, checkReady } = deps;
  const errorCodes = MESSAGES_ERROR_CODES;
  const app = createApp({ logger, metrics, clock, keys, rateLimit, checkReady, errorCodes });
  addConversationRoutes(app, deps);
  addFilingRoutes(app, deps);
  app.get(
    '/earshot/v1/calls/:guid/live',
    requireScope('messages:read'),
    queryParams(validateFollowCallQuery),
    followCall(deps),
  );
  return app;
}
