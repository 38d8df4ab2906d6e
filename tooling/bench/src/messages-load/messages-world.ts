import { randomUUID } from 'node:crypto';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { deriveMessageId } from '@earshot/domain';
import { newMasterKey, startNodeProcess } from '@earshot/scripted-ingest';
import { createStorage, migrate } from '@earshot/storage';
import { createVault } from '@earshot/vault';
import pg from 'pg';

const MAIN = new URL('../../../../apps/messages/src/main.ts', import.meta.url);
const T0 = Date.UTC(2026, 10, 23, 12);
const TEXT = 'Hello, I would like to upgrade my internet plan to GOLD, and what would that be a month?';

export interface MessagesWorld {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** External ids of conversations of so many messages. */
  addConversations(input: { readonly count: number; readonly messages: number }): Promise<readonly string[]>;
  /** What autovacuum would do within a minute. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The messages app as a process of its own before a database with a key. */
export async function openMessagesWorld(databaseUrl: string): Promise<MessagesWorld> {
  await migrate(databaseUrl);
  const masterKey = newMasterKey();
  const key = newApiKey();
  const { tenantId } = await insertKey(databaseUrl, masterKey, key);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  // A connection that breaks while idle: what is asked next tells.
  pool.on('error', () => undefined);
  const app = await startNodeProcess(MAIN, {
    env: {
      DATABASE_URL: databaseUrl,
      EARSHOT_MASTER_KEY: masterKey,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_SECOND: '100000',
    },
  });
  return {
    baseUrl: app.baseUrl,
    headers: { 'earshot-api-id': key.apiId, 'earshot-api-secret': key.apiSecret },
    async addConversations({ count, messages }) {
      const externalIds = Array.from({ length: count }, () => randomUUID());
      for (const externalId of externalIds) await insertConversation(pool, tenantId, externalId, messages);
      return externalIds;
    },
    settle: async () => void (await pool.query('vacuum analyze')),
    async close() {
      await app.stop();
      await pool.end();
    },
  };
}

async function insertKey(databaseUrl: string, masterKey: string, key: ReturnType<typeof newApiKey>) {
  const storage = createStorage({ databaseUrl, connectionsMax: 1 });
  const account = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
  const vault = createVault({ masterKey: Buffer.from(masterKey, 'base64'), dataKeys: storage.dataKeys });
  await storage.keys.insert({
    ...account,
    apiId: key.apiId,
    secretHash: hashApiSecret(vault.apiKeyHmacKey, key.apiId, key.apiSecret),
    scopes: ['messages:read'],
    expiresAtMs: undefined,
    revokedAtMs: undefined,
  });
  await storage.close();
  return account;
}

async function insertConversation(
  pool: pg.Pool,
  tenantId: string,
  externalId: string,
  messageCount: number,
): Promise<void> {
  const conversationId = deriveMessageId(T0, externalId, 'customer', 0);
  await pool.query(
    `insert into conversations (tenant_id, conversation_id, external_id, customer_external_id, agent_external_id,
       created_at, last_activity_at) values ($1, $2, $3, 'customer', 'agent', now(), now())`,
    [tenantId, conversationId, externalId],
  );
  const indexes = Array.from({ length: messageCount }, (_, index) => index);
  const ids = indexes.map((index) => deriveMessageId(T0 + index * 4000, externalId, 'customer', index));
  await pool.query(
    `insert into messages (tenant_id, conversation_id, message_id, role_order, sender_external_id, text, start_ms,
       end_ms, client_timestamp, created_at)
     select $1, $2, id, (place % 2)::smallint, 'someone', $4 || ' ' || place, place * 4000, place * 4000 + 3000,
       to_timestamp($5::float8 + place * 4), now()
     from unnest($3::text[]) with ordinality as one (id, place)`,
    [tenantId, conversationId, ids, TEXT, T0 / 1000],
  );
}
