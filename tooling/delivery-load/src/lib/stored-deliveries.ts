import pg from 'pg';

export type StoredState = 'pending' | 'delivered' | 'dropped' | 'failed' | 'dead';

/** One delivery, read past the store's own code. */
export interface StoredDelivery {
  readonly endpointId: string;
  readonly guid: string;
  readonly sequence: number;
  readonly webhookId: string;
  readonly state: StoredState;
  readonly attempts: number;
  /** Milliseconds since the Unix epoch, whole ones: taken within the statement that committed it. */
  readonly createdAtMs: number;
}

export interface DeliveryReader {
  /** Of these endpoints, by conversation and sequence. */
  read(endpointIds: readonly string[]): Promise<readonly StoredDelivery[]>;
  countPending(endpointIds: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

const READ = `select d.endpoint_id as "endpointId", c.external_id as guid, d.sequence, d.webhook_id as "webhookId",
  d.state, d.attempts, (extract(epoch from d.created_at) * 1000)::float8 as "createdAtMs"
  from deliveries d join conversations c using (tenant_id, conversation_id)
  where d.endpoint_id = any($1) order by d.endpoint_id, d.conversation_id, d.sequence`;
const PENDING = 'select count(*)::int as count from deliveries where endpoint_id = any($1) and state = 0';
const STATES: readonly StoredState[] = ['pending', 'delivered', 'dropped', 'failed', 'dead'];

export function openDeliveryReader(databaseUrl: string): DeliveryReader {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  // A connection that breaks while idle: what is asked next tells.
  pool.on('error', () => undefined);
  return {
    async read(endpointIds) {
      const { rows } = await pool.query<Omit<StoredDelivery, 'state'> & { readonly state: number }>(READ, [
        endpointIds,
      ]);
      return rows.map((row) => ({ ...row, state: stateOf(row.state) }));
    },
    async countPending(endpointIds) {
      const { rows } = await pool.query<{ count: number }>(PENDING, [endpointIds]);
      return rows[0]?.count ?? 0;
    },
    close: () => pool.end(),
  };
}

function stateOf(number: number): StoredState {
  const state = STATES[number];
  if (state === undefined) throw new Error(`Cannot read delivery: state ${number} is unknown`);
  return state;
}
