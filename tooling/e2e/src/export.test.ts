import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEarshotClient } from '@earshot/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSystem, type RunningSystem } from './running-system.ts';

const DAY_MS = 86_400_000;
/** Over for long, so that it is due whatever time it is. */
const DAY = new Date(Date.now() - 3 * DAY_MS).toISOString().slice(0, 10);
let system: RunningSystem;

beforeAll(async () => {
  system = await runSystem();
  const sql = new pg.Client({ connectionString: system.databaseUrl });
  await sql.connect();
  await sql.query(
    `with tenant as (select tenant_id from tenants limit 1), call as (
      insert into conversations select tenant_id, 'CALL', 'guid', 'c', 'a', now(), now() from tenant returning *
    ) insert into messages (tenant_id, conversation_id, message_id, role_order, text, client_timestamp, created_at)
      select tenant_id, 'CALL', 'M1', 0, 'hello', $1::timestamptz, $1::timestamptz + interval '1 s' from call`,
    [`${DAY}T13:00:00Z`],
  );
  await sql.end();
}, 120_000);
afterAll(async () => await system.stop());

describe('the exporter of a running system', () => {
  it('hands a day out through the front door, with one key', async () => {
    const { baseUrl, credentials } = system;
    const { exports } = createEarshotClient({ ...credentials, baseUrl });
    await exports.rebuild(DAY);
    await expect.poll(async () => (await exports.get(DAY)).state, { timeout: 30_000 }).toBe('closed');
    expect(await exports.listDates()).toContain(DAY);
    const directory = join(system.directory, 'warehouse');
    const [file] = await exports.download(DAY, { format: 'jsonl', directory });
    expect(file).toMatchObject({ fileName: `utterances-${DAY}.jsonl`, rowCount: 1 });
    expect(JSON.parse(await readFile(file?.path ?? '', 'utf8'))).toMatchObject({
      utterance: 'hello',
      external_conversation_id: 'guid',
      dt: DAY,
      hr: '13',
    });
  });
});
