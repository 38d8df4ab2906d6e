import { validateListMessagesQuery } from '@earshot/api';
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
import type { MessageStore } from '@earshot/storage';
import type { Logger, Metrics } from '@earshot/telemetry';
import type { Hono } from 'hono';
import { listMessages } from './routes/list-messages/handler.ts';
import type { OpenSealed } from './unredacted-text.ts';

export interface MessagesDeps {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly keys: KeyLookup;
  readonly rateLimit: RateLimit;
  readonly checkReady: ReadyCheck;
  readonly messages: MessageStore;
  readonly openSealed: OpenSealed;
}

/** The route table; `createApp` puts request id, access log, credentials and quota before every route. */
export function createMessagesApp(deps: MessagesDeps): Hono<AppEnv> {
  const { logger, metrics, clock, keys, rateLimit, checkReady } = deps;
  const app = createApp({ logger, metrics, clock, keys, rateLimit, checkReady });
  app.get(
    '/conversation/v1/conversation/messages',
    requireScope('messages:read'),
    queryParams(validateListMessagesQuery),
    listMessages(deps),
  );
  return app;
}
