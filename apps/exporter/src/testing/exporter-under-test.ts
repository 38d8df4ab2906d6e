import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCheckedAnswers } from '@earshot/api/testing';
import type { Scope } from '@earshot/auth';
import { fakeKey } from '@earshot/http/testing';
import { createStorage, migrate, type ExportStore, type Storage } from '@earshot/storage';
import { createDirectoryStore, type ObjectStore } from '@earshot/storage/objects';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createTestDatabase } from '@earshot/testing';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createExporterApp } from '../app.ts';
import { createExportBuilder, type ExportBuilder } from '../build/export-builder.ts';
import { createUrlSigner } from '../downloads/url-signer.ts';
import { createExportExpiry, type ExportExpiry } from '../expire/export-expiry.ts';

/** Of `fakeKey`; one database serves one test file, and `reset` one test. */
export const TENANT = 'tenant-1';
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const DAY = '2026-11-20';
export const DAY_AT = Date.UTC(2026, 10, 20);
/** 02:00 of the day after. */
export const DUE_AT = DAY_AT + DAY_MS + 2 * HOUR_MS;

interface State {
  readonly storage: Storage;
  readonly sql: Client;
  readonly folder: string;
  readonly drop: () => Promise<void>;
}

export function useExporter() {
  const state: { now: number; opened?: State } = { now: DUE_AT };
  const opened = (): State => {
    if (state.opened === undefined) throw new Error('Cannot use the exporter before the tests have begun');
    return state.opened;
  };
  beforeAll(async () => {
    const database = await createTestDatabase();
    await migrate(database.url);
    const sql = new Client({ connectionString: database.url });
    await sql.connect();
    const folder = await mkdtemp(join(tmpdir(), 'earshot-exporter-'));
    const storage = createStorage({ databaseUrl: database.url });
    state.opened = { storage, sql, folder, drop: async () => await database.drop() };
  });
  afterAll(async () => {
    const { storage, sql, folder, drop } = opened();
    await Promise.all([storage.close(), sql.end()]);
    await drop();
    await rm(folder, { recursive: true });
  });
  const clock = { now: () => state.now };
  const objectsOf = (): ObjectStore => createDirectoryStore(join(opened().folder, 'objects'));
  return {
    clock,
    get storage() {
      return opened().storage;
    },
    get objects() {
      return objectsOf();
    },
    setNow: (atMs: number) => void (state.now = atMs),
    sql: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await opened().sql.query<Row>(text, [...values])).rows,
    /** An empty system with one tenant, and the clock at 02:00 after the day. */
    async reset(): Promise<void> {
      state.now = DUE_AT;
      await opened().sql.query('truncate tenants, conversations cascade');
      await opened().sql.query(`insert into tenants (tenant_id, name) values ($1, 'A tenant')`, [TENANT]);
      await rm(join(opened().folder, 'objects'), { recursive: true, force: true });
    },
    /** A message spoken and stored at these instants; answers its id. */
    async say(spokenAtMs: number, text = 'words', storedAtMs = spokenAtMs + 1000): Promise<string> {
      const conversation = [TENANT, 'CALL'];
      const messageId = randomUUID().replaceAll('-', '').toUpperCase();
      await opened().sql.query(
        `insert into conversations values ($1, $2, 'guid', 'c', 'a', now(), now()) on conflict do nothing`,
        conversation,
      );
      await opened().sql.query(
        `insert into messages (tenant_id, conversation_id, message_id, role_order, sender_external_id, text,
           start_ms, end_ms, client_timestamp, created_at) values ($1, $2, $3, 0, 'c', $4, 0, 900, $5, $6)`,
        [...conversation, messageId, text, new Date(spokenAtMs), new Date(storedAtMs)],
      );
      return messageId;
    },
    builder(
      change: {
        readonly objects?: ObjectStore;
        readonly hourly?: boolean;
        readonly exports?: ExportStore;
      } = {},
    ): ExportBuilder {
      const { utterances } = opened().storage;
      const exports = change.exports ?? opened().storage.exports;
      const metrics = createMetrics('exporter');
      const logger = createLogger({ app: 'exporter', level: 'silent' });
      const objects = change.objects ?? objectsOf();
      const hourly = change.hourly ?? false;
      return createExportBuilder({ exports, utterances, objects, logger, metrics, clock, hourly });
    },
    /** Erases what has expired; the counter tells of it. */
    expiry(
      change: { readonly objects?: ObjectStore } = {},
    ): ExportExpiry & { erasedCount(): Promise<number> } {
      const { exports, retention: tenants } = opened().storage;
      const metrics = createMetrics('exporter');
      const logger = createLogger({ app: 'exporter', level: 'silent' });
      const objects = change.objects ?? objectsOf();
      const expiry = createExportExpiry({ exports, tenants, objects, logger, metrics, clock });
      const erasedCount = async (): Promise<number> => {
        const { body } = await metrics.render();
        return Number(
          /^earshot_retention_erased_total\{[^}]*kind="exports"[^}]*\} (\d+)/m.exec(body)?.[1] ?? 0,
        );
      };
      return { ...expiry, erasedCount };
    },
    async keeps(days: { readonly messagesDays: number; readonly exportsDays?: number }): Promise<void> {
      const settings = { deliveriesDays: 7, auditDays: 365, ...days };
      await opened().storage.retention.putSettings(TENANT, settings, state.now);
    },
    app(scopes: readonly Scope[] = ['export:read']) {
      const key = fakeKey(...scopes);
      const wakes: string[] = [];
      const app = withCheckedAnswers(
        createExporterApp({
          logger: createLogger({ app: 'exporter', level: 'silent' }),
          metrics: createMetrics('exporter'),
          clock,
          keys: key.lookup,
          rateLimit: { requestsPerSecond: 1000 },
          checkReady: async () => {},
          exports: opened().storage.exports,
          objects: objectsOf(),
          signer: createUrlSigner(new Uint8Array(32), clock),
          publicUrl: undefined,
          wakeBuilder: () => void wakes.push('woken'),
        }),
      );
      const ask = async (path: string, body?: unknown) => {
        const init = { method: 'POST', headers: key.headers };
        const text = body === undefined ? {} : { body: JSON.stringify(body) };
        const response = await app.request(path, { ...init, ...text });
        const answer: unknown = await response.json();
        return { status: response.status, answer };
      };
      const call = async (name: string, body?: unknown) => await ask(`/fileexporter/v1/static/${name}`, body);
      return { app, headers: key.headers, ask, call, wakes };
    },
    /** Every file the day hands out now, by name, as text. */
    async files(day = DAY): Promise<Record<string, string>> {
      const read = await opened().storage.exports.readDay(TENANT, day);
      const files = (read?.units ?? []).flatMap((unit) => unit.files);
      const texts = files.map(async ({ fileName, objectKey }): Promise<[string, string]> => {
        const found = await objectsOf().open(objectKey);
        return [fileName, found === undefined ? 'missing' : await new Response(found.stream).text()];
      });
      return Object.fromEntries(await Promise.all(texts));
    },
  };
}

/** The texts of a file of JSON lines. */
export function spokenIn(jsonLines: string | undefined): string[] {
  const lines = (jsonLines ?? '').split('\n').filter((line) => line !== '');
  return lines.map((line) => (JSON.parse(line) as { utterance: string }).utterance);
}
