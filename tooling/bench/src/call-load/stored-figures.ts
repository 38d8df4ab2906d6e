import pg from 'pg';

/** What the database tells of a load, read past the store's own code. */
export interface StoredFigures {
  /** Transactions committed since the server started, all databases' clients together. */
  committedTransactions(): Promise<number>;
  /** End of speech by the media's clock → its commit, ms, minute by minute; without what a stop cut short. */
  lagByMinute(guidPrefix: string): Promise<readonly (readonly number[])[]>;
  /** PCM bytes received per call, by guid: the customer's and the agent's. */
  audioBytes(guidPrefix: string): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Has the server count what its tables hold now. */
  analyze(): Promise<void>;
  close(): Promise<void>;
}

const TRANSACTIONS =
  'select xact_commit::float8 as count from pg_stat_database where datname = current_database()';
const LAGS = `select minute::int, array_agg(lag order by lag) as lags from (
  select floor(extract(epoch from m.created_at - min(m.client_timestamp) over ()) / 60) as minute,
    (extract(epoch from m.created_at - m.client_timestamp) * 1000 - (m.end_ms - m.start_ms))::float8 as lag
  from messages m join conversations c using (tenant_id, conversation_id)
  join call_sessions s using (tenant_id, session_id)
  where starts_with(c.external_id, $1) and m.created_at <= s.stop_at
) lagged group by minute order by minute`;
const AUDIO = `select c.external_id as guid, array_agg(st.audio_bytes::float8 order by st.role desc) as bytes
  from call_streams st join call_sessions s using (tenant_id, session_id)
  join conversations c using (tenant_id, conversation_id)
  where starts_with(c.external_id, $1) group by c.external_id`;

export function openStoredFigures(databaseUrl: string): StoredFigures {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  // A connection that breaks while idle: what is asked next tells. After the end it is the server that stops.
  pool.on('error', () => undefined);
  return {
    async committedTransactions() {
      const { rows } = await pool.query<{ count: number }>(TRANSACTIONS);
      return rows[0]?.count ?? 0;
    },
    async lagByMinute(guidPrefix) {
      const { rows } = await pool.query<{ lags: number[] }>(LAGS, [guidPrefix]);
      return rows.map(({ lags }) => lags);
    },
    async audioBytes(guidPrefix) {
      const { rows } = await pool.query<{ guid: string; bytes: number[] }>(AUDIO, [guidPrefix]);
      return new Map(rows.map(({ guid, bytes }) => [guid, bytes]));
    },
    async analyze() {
      await pool.query('analyze');
    },
    close: () => pool.end(),
  };
}
