import { randomUUID } from 'node:crypto';
import { prepareOutboundAuth } from '@earshot/auth';
import { connectQueues, createProducer, lanesQueue, migrateQueues } from '@earshot/queues';
import { createStorage, migrate, type Storage } from '@earshot/storage';
import { createVault } from '@earshot/vault';
import pg from 'pg';
import { startConversation, type WrittenConversation } from './written-conversation.ts';

export interface EndpointSettings {
  readonly appId: string;
  readonly url: string;
  readonly policy: 'realtime' | 'durable';
  /** Default 100, the service's own. */
  readonly pendingMax?: number;
  /** Whether its POSTs are signed. Default true. */
  readonly isSigned?: boolean;
}

/** Commits messages as ingest does: the fenced statement, then the job of each lane that nobody holds. */
export interface DeliveryWriter {
  readonly storage: Storage;
  readonly tenantId: string;
  /** An app of its own: each of its messages goes to each of its endpoints. */
  addApp(): Promise<string>;
  /** Answers its id. */
  addEndpoint(settings: EndpointSettings): Promise<string>;
  /** A call that is accepted now, or at another instant. */
  startConversation(appId: string, acceptedAtMs?: number): Promise<WrittenConversation>;
  close(): Promise<void>;
}

export interface WriterOptions {
  readonly databaseUrl: string;
  /** Absent: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** 32 bytes in base64, as the publisher has it. */
  readonly masterKey: string;
  /** Default: nobody is told. */
  readonly onWakeFailed?: (error: unknown) => void;
}

const CONNECTIONS_MAX = 16;
/** As ingest has it. */
const ADD_TIMEOUT_MS = 500;
const PENDING_AGE_MS_MAX = 30_000;
const TIMEOUT_MS = 5000;

/** Columns that came later have defaults. */
const INSERT_ENDPOINT = `insert into endpoints (tenant_id, app_id, endpoint_id, name, url, enabled, policy,
  pending_max, pending_age_max_ms, timeout_ms, auth, created_at, updated_at)
  values ($1, $2, $3, 'load', $4, true, $5, $6, $7, $8, $9, now(), now())`;
const INSERT_SECRET =
  'insert into endpoint_secrets (tenant_id, endpoint_id, kind, sealed) values ($1, $2, $3, $4)';

/** Brings the tables up to date and makes the account that everything is written under. */
export async function openWriter(options: WriterOptions): Promise<DeliveryWriter> {
  const { databaseUrl, redisUrl, masterKey, onWakeFailed = () => undefined } = options;
  await migrate(databaseUrl);
  if (redisUrl === undefined) await migrateQueues(databaseUrl);
  const storage = createStorage({ databaseUrl, connectionsMax: CONNECTIONS_MAX });
  const { tenantId } = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
  const vault = createVault({ masterKey: Buffer.from(masterKey, 'base64'), dataKeys: storage.dataKeys });
  const queues = await connectQueues({ databaseUrl, ...(redisUrl === undefined ? {} : { redisUrl }) });
  const laneJobs = createProducer(queues, lanesQueue, { timeoutMs: ADD_TIMEOUT_MS });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  // A connection that breaks while idle: what is asked next tells.
  pool.on('error', () => undefined);

  return {
    storage,
    tenantId,
    async addApp() {
      const appId = randomUUID();
      await pool.query('insert into apps (tenant_id, app_id, name) values ($1, $2, $2)', [tenantId, appId]);
      return appId;
    },
    async addEndpoint({ appId, url, policy, pendingMax = 100, isSigned = true }) {
      const endpointId = randomUUID();
      const auth = prepareOutboundAuth(isSigned ? [{ type: 'signature' }] : [], Date.now());
      if (!auth.ok) throw new Error('Cannot sign: the strategy is refused');
      await pool.query(INSERT_ENDPOINT, [
        tenantId,
        appId,
        endpointId,
        url,
        policy,
        pendingMax,
        PENDING_AGE_MS_MAX,
        TIMEOUT_MS,
        JSON.stringify(auth.configs),
      ]);
      for (const { kind, value } of auth.secrets) {
        const sealed = await vault.seal(tenantId, `endpoint:${endpointId}:${kind}`, value);
        await pool.query(INSERT_SECRET, [tenantId, endpointId, kind, Buffer.from(sealed)]);
      }
      return endpointId;
    },
    startConversation: (appId, acceptedAtMs = Date.now()) =>
      startConversation({ calls: storage.calls, laneJobs, onWakeFailed }, { tenantId, appId, acceptedAtMs }),
    async close() {
      await laneJobs.close();
      await queues.close();
      await pool.end();
      await storage.close();
    },
  };
}
