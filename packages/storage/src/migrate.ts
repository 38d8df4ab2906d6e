/** Brings the database to the newest schema; safe to run by several processes at once. Forward only. */
export async function migrate(databaseUrl: string): Promise<{ applied: readonly string[] }> {
  throw new Error(`Cannot migrate ${databaseUrl.length} yet`);
}
