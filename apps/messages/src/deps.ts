import { hashApiSecret } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import { createStorage } from '@earshot/storage';
import { createMetrics, type Logger } from '@earshot/telemetry';
import { createVault, readMasterKey } from '@earshot/vault';
import type { MessagesDeps } from './app.ts';
import type { MessagesConfig } from './config.ts';

export interface OpenDeps {
  readonly deps: MessagesDeps;
  close(): Promise<void>;
}

/** Opens what the routes need. Nothing connects before the first request. */
export async function openDeps(config: MessagesConfig, logger: Logger): Promise<OpenDeps> {
  const masterKey = await readMasterKey(config.masterKey);
  const storage = createStorage({
    databaseUrl: config.databaseUrl,
    onBackgroundError: (error) => logger.warn('storage.background-error', { error }),
  });
  const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  const deps: MessagesDeps = {
    logger,
    metrics: createMetrics('messages'),
    clock: systemClock,
    keys: {
      findKey: (apiId) => storage.keys.find(apiId),
      hashSecret: (apiId, apiSecret) => hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret),
    },
    rateLimit: { requestsPerSecond: config.requestsPerSecond },
    checkReady: () => storage.ping(),
    messages: storage.messages,
    openSealed: (tenantId, recordId, sealed) => vault.open(tenantId, recordId, sealed),
  };
  return { deps, close: () => storage.close() };
}
