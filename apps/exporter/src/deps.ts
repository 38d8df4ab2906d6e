import { hkdfSync } from 'node:crypto';
import { hashApiSecret } from '@earshot/auth';
import { systemClock } from '@earshot/domain';
import { createStorage } from '@earshot/storage';
import { openObjectStore } from '@earshot/storage/objects';
import { createMetrics, type Logger } from '@earshot/telemetry';
import { createVault, readMasterKey } from '@earshot/vault';
import type { ExporterDeps } from './app.ts';
import { createExportBuilder } from './build/export-builder.ts';
import { createSchedule, type Schedule } from './build/schedule.ts';
import type { ExporterConfig } from './config.ts';
import { createUrlSigner } from './downloads/url-signer.ts';
import { createExportExpiry } from './expire/export-expiry.ts';

export interface OpenDeps {
  readonly deps: ExporterDeps;
  /** Of building, and of erasing: neither waits for the other. */
  readonly schedules: readonly Schedule[];
  /** After the server and the schedules have closed. */
  close(): Promise<void>;
}

const SIGNING_KEY_BYTES = 32;

/** Opens what routes and builds need; the database is connected to at the first request. */
export async function openDeps(config: ExporterConfig, logger: Logger): Promise<OpenDeps> {
  const masterKey = await readMasterKey(config.masterKey);
  const storage = createStorage({
    databaseUrl: config.databaseUrl,
    ...config.databaseLimits,
    onBackgroundError: (error) => logger.warn('storage.background-error', { error }),
  });
  const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  const metrics = createMetrics('exporter');
  const objects = openObjectStore(config.store);
  const { exports, utterances, retention: tenants } = storage;
  const common = { exports, objects, logger, metrics, clock: systemClock };
  const builder = createExportBuilder({ ...common, utterances, hourly: config.hourly });
  const building = createSchedule({ run: (signal) => builder.runDue(signal), logger });
  const expiry = createExportExpiry({ ...common, tenants });
  const erasing = createSchedule({ run: (signal) => expiry.eraseExpired(signal), logger });
  const signingKey = hkdfSync('sha256', masterKey, '', 'earshot/v1/export-url', SIGNING_KEY_BYTES);
  const deps: ExporterDeps = {
    logger,
    metrics,
    clock: systemClock,
    keys: {
      findKey: (apiId) => storage.keys.find(apiId),
      hashSecret: (apiId, apiSecret) => hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret),
    },
    rateLimit: { requestsPerSecond: config.requestsPerSecond },
    checkReady: () => storage.ping(),
    exports,
    objects,
    signer: createUrlSigner(new Uint8Array(signingKey), systemClock),
    publicUrl: config.publicUrl,
    wakeBuilder: () => [building, erasing].forEach((schedule) => schedule.wake()),
  };
  return { deps, schedules: [building, erasing], close: () => storage.close() };
}
