import { hashApiSecret } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import { callSessionsQueue, connectQueues, createProducer } from '@earshot/queues';
import { createStorage } from '@earshot/storage';
import { createMetrics, type Logger } from '@earshot/telemetry';
import { createVault, readMasterKey } from '@earshot/vault';
import type { GatewayDeps } from './app.ts';
import type { GatewayConfig } from './config.ts';
import { createWakeEndpoint } from './endpoints/wake-endpoint.ts';
import { watchSessionEnds } from './streaming/session-end-watch.ts';

export interface OpenDeps {
  readonly deps: GatewayDeps;
  /** Ends the waits of stops, then every connection. */
  close(): Promise<void>;
}

/** Opens what the routes need; rejects when the database cannot be listened to. */
export async function openDeps(config: GatewayConfig, logger: Logger): Promise<OpenDeps> {
  const masterKey = await readMasterKey(config.masterKey);
  const storage = createStorage({
    databaseUrl: config.databaseUrl,
    ...config.databaseLimits,
    onBackgroundError: (error) => logger.warn('storage.background-error', { error }),
  });
  const queues = await connectQueues({
    databaseUrl: config.databaseUrl,
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
    onBackgroundError: (error) => logger.warn('queues.background-error', { error }),
  });
  const callSessions = createProducer(queues, callSessionsQueue);
  const sessionEnds = await watchSessionEnds(storage.notifications);
  const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  const { calls, kinesisSources, endpoints, speechSettings, redactionSettings, vocabularies } = storage;
  const clock = systemClock;
  const rules = { engines: config.engines, forceRedaction: config.forceRedaction };
  const hashSecret = (apiId: string, apiSecret: string): Uint8Array =>
    hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret);
  const deps: GatewayDeps = {
    logger,
    metrics: createMetrics('gateway'),
    clock,
    keys: {
      findKey: (apiId) => storage.keys.find(apiId),
      noteUse: (apiId, usedAtMs) => storage.keys.touch(apiId, usedAtMs),
      hashSecret,
    },
    rateLimit: { requestsPerSecond: config.requestsPerSecond },
    // Without the queue a start is still recorded and found by ingest's sweeper, so it does not decide.
    checkReady: () => storage.ping(),
    start: { calls, redactionSettings, kinesisSources, callSessions, speechSettings, rules, clock, logger },
    stop: { calls, sessionEnds, stopTimeoutMs: config.stopTimeoutMs, clock, logger },
    calls,
    speech: { speechSettings, engines: config.engines, clock },
    vocabularies,
    redaction: { redactionSettings, forced: config.forceRedaction, clock },
    apiKeys: { keys: storage.keys, hashSecret, clock },
    endpoints: {
      endpoints,
      wake: createWakeEndpoint(storage.circuits, storage.lanes, clock),
      readCircuits: (tenantId, endpointIds) => storage.circuits.read(tenantId, endpointIds),
      seal: (tenantId, recordId, text) => vault.seal(tenantId, recordId, text),
      egress: config.egress,
      clock,
    },
  };
  return {
    deps,
    async close() {
      await sessionEnds.close();
      await callSessions.close();
      await queues.close();
      await storage.close();
    },
  };
}
