import { hashApiSecret } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import { openLiveBus } from '@earshot/queues';
import { createStorage } from '@earshot/storage';
import { openObjectStore } from '@earshot/storage/objects';
import { createMetrics, type Logger } from '@earshot/telemetry';
import { createVault, readMasterKey } from '@earshot/vault';
import type { MessagesDeps } from './app.ts';
import type { MessagesConfig } from './config.ts';
import { createLiveConnections } from './live/live-connections.ts';
import type { RecordingRouteDeps } from './recording-routes.ts';
import type { RetentionLoopDeps } from './retention/retention-loop.ts';
import type { RetentionRouteDeps } from './retention-routes.ts';

export interface OpenDeps {
  readonly deps: MessagesDeps;
  readonly recordings: RecordingRouteDeps;
  readonly retention: RetentionRouteDeps & RetentionLoopDeps;
  /** After the server has closed. */
  close(): Promise<void>;
}

/** Opens what the routes need. The bus is given a moment; the database is connected to at the first request. */
export async function openDeps(config: MessagesConfig, logger: Logger): Promise<OpenDeps> {
  const masterKey = await readMasterKey(config.masterKey);
  const storage = createStorage({
    databaseUrl: config.databaseUrl,
    ...config.databaseLimits,
    onBackgroundError: (error) => logger.warn('storage.background-error', { error }),
  });
  const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  const bus = await openLiveBus({
    databaseUrl: config.databaseUrl,
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    onBackgroundError: (error) => logger.warn('live-bus.background-error', { error }),
  });
  const metrics = createMetrics('messages');
  const deps: MessagesDeps = {
    logger,
    metrics,
    clock: systemClock,
    keys: {
      findKey: (apiId) => storage.keys.find(apiId),
      noteUse: (apiId, usedAtMs) => storage.keys.touch(apiId, usedAtMs),
      hashSecret: (apiId, apiSecret) => hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret),
    },
    rateLimit: { requestsPerSecond: config.requestsPerSecond },
    checkReady: () => storage.ping(),
    conversations: storage.conversations,
    messages: storage.messages,
    redactionSettings: storage.redactionSettings,
    redactionForced: config.redactionForced,
    messageIdKey: vault.apiKeyHmacKey,
    openSealed: (tenantId, recordId, sealed) => vault.open(tenantId, recordId, sealed),
    calls: storage.calls,
    liveMessages: storage.liveMessages,
    bus,
    connections: createLiveConnections(config.liveConnectionsMax, metrics),
    stallMs: config.liveStallMs,
    lingerMs: config.liveLingerMs,
  };
  const recordingObjects = config.recordings && openObjectStore(config.recordings);
  return {
    deps,
    recordings: { calls: storage.calls, recordings: storage.recordings, recordingObjects, logger },
    retention: {
      retention: storage.retention,
      messageDays: storage.messageDays,
      recordingObjects,
      erasureHmacKey: vault.erasureHmacKey,
      clock: systemClock,
      logger,
      metrics,
    },
    async close() {
      await bus.close();
      await storage.close();
    },
  };
}
