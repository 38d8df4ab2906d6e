import { encodeUlid } from '@earshot/domain';
import type { DroppedDays, MessageDays } from '../../stores/message-days.ts';
import { instant } from '../column-types.ts';
import type { Database, Session } from '../database.ts';
import { ERASABLE } from '../retention/erase-expired.ts';
import { addErased } from '../retention/erased-counts.ts';
import { RETENTION_DEFAULTS } from '../retention/retention-settings.ts';

const DAY_MS = 86_400_000;
/** Tables are made so many days before they are needed. */
const DAYS_AHEAD = 3;
/**
 * Beyond it no days are made, since a plan that is kept locks all tables there are: conversations are read in 0.4 ms
 * with 12 of them and in 8 ms with 375.
 */
const DAYS_KEPT_MAX = 62;
/** Commits wait behind a change of the tables. What cannot have them in this time is done another time. */
const TABLE_WAIT_MS_MAX = 300;
/** Any number that no other lock of ours uses. */
const DAYS_LOCK = 4_711_002;
const ULID_TIME_CHARS = 10;

interface DayTable {
  readonly name: string;
  /** Conversations that began at this instant or later are in other tables. */
  readonly endsAtMs: number;
}

const KEPT_DAYS = `select max(coalesce(s.messages_days, ${RETENTION_DEFAULTS.messagesDays})) as days
from tenants t left join retention_settings s using (tenant_id)`;

const TABLES = `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'messages'::regclass order by c.relname`;

export function createMessageDays(database: Database): MessageDays {
  return {
    makeAhead: async (nowMs) => await makeAhead(database, nowMs),
    dropExpired: async (nowMs) => await dropExpired(database, nowMs),
  };
}

/** What lies in the rest of a day that gets its table moves there. */
async function makeAhead(database: Database, nowMs: number): Promise<void> {
  await database.transaction('make the days of messages', async (session) => {
    if (!(await lockDays(session)) || (await keptDays(session)) > DAYS_KEPT_MAX) return;
    const tables = await listTables(session);
    const lastEndMs = Math.max(...tables.map(({ endsAtMs }) => endsAtMs));
    const today = nowMs - (nowMs % DAY_MS);
    for (let ahead = 1; ahead <= DAYS_AHEAD; ahead += 1) {
      const dayAtMs = today + ahead * DAY_MS;
      if (dayAtMs >= lastEndMs) await makeDay(session, dayAtMs);
    }
  });
}

async function makeDay(session: Session, dayAtMs: number): Promise<void> {
  const name = `messages_${nameOf(dayAtMs)}`;
  const [from, to] = [boundOf(dayAtMs), boundOf(dayAtMs + DAY_MS)];
  await session.rows(`create table ${name} (like messages including all)`, []);
  // Not copied: without it the planner keeps samples of what was said.
  await session.rows(
    `alter table ${name} alter column text set statistics 0, alter column sender_external_id set statistics 0`,
    [],
  );
  await session.rows(
    `with early as (delete from messages_rest where conversation_id >= '${from}' and conversation_id < '${to}' returning *)
     insert into ${name} select * from early`,
    [],
  );
  await session.rows(
    `alter table messages attach partition ${name} for values from ('${from}') to ('${to}')`,
    [],
  );
}

async function dropExpired(database: Database, nowMs: number): Promise<DroppedDays> {
  const dropped = { days: 0, messages: 0 };
  const over = await database.transaction('list the days of messages', async (session) => {
    const endsBeforeMs = nowMs - (await keptDays(session)) * DAY_MS;
    return (await listTables(session)).filter(({ endsAtMs }) => endsAtMs <= endsBeforeMs);
  });
  for (const { name } of over) {
    const messages = await dropDay(database, name, nowMs);
    if (messages !== undefined) {
      dropped.days += 1;
      dropped.messages += messages;
    }
  }
  return dropped;
}

/**
 * Answers the count of messages; `undefined` when some are kept, which is looked for before anybody has to wait. Who
 * places a hold or files messages of that day waits for the end. A call that is started once more meanwhile finds its
 * messages gone, as if it had come a moment later.
 */
async function dropDay(database: Database, name: string, nowMs: number): Promise<number | undefined> {
  return await database.transaction('drop a day of messages', async (session) => {
    if (!(await lockDays(session)) || !(await isThere(session, name))) return undefined;
    if (await isKept(session, name, nowMs)) return undefined;
    await session.rows('lock table conversation_holds in share row exclusive mode', []);
    await session.rows(`lock table ${name} in share row exclusive mode`, []);
    if (await isKept(session, name, nowMs)) return undefined;
    const counts = await session.rows<{ tenantId: string; messages: number }>(
      `select tenant_id as "tenantId", count(*) as messages from ${name} group by tenant_id`,
      [],
    );
    await session.rows(`drop table ${name}`, []);
    // Not before the drop, which waits for erasures that wait for the same counts.
    await addErased(session, 'age', counts);
    return counts.reduce((sum, { messages }) => sum + messages, 0);
  });
}

/** Another process may have dropped the day since it was listed. */
async function isThere(session: Session, name: string): Promise<boolean> {
  return (await listTables(session)).some((table) => table.name === name);
}

/** Whether a conversation of that day has not expired, is held, or has recordings left. */
async function isKept(session: Session, name: string, nowMs: number): Promise<boolean> {
  const tenants = await session.rows<{ tenantId: string }>(tenantsIn(name), []);
  for (const { tenantId } of tenants) {
    const kept = await session.rows(keptIn(name), [tenantId, instant(nowMs)]);
    if (kept.length > 0) return true;
  }
  return false;
}

/** Both go from key to key along the index, one look-up each, however many messages there are. */
const tenantsIn = (name: string): string => `with recursive found as (
  (select tenant_id from ${name} order by tenant_id limit 1)
  union all
  select next.tenant_id from found cross join lateral (
    select tenant_id from ${name} where tenant_id > found.tenant_id order by tenant_id limit 1) next
)
select tenant_id as "tenantId" from found`;

const keptIn = (name: string): string => `with recursive found as (
  (select conversation_id from ${name} where tenant_id = $1 order by conversation_id limit 1)
  union all
  select next.conversation_id from found cross join lateral (
    select conversation_id from ${name} where tenant_id = $1 and conversation_id > found.conversation_id
    order by conversation_id limit 1) next
)
select 1 from found cross join lateral (
  select * from conversations where tenant_id = $1 and conversation_id = found.conversation_id limit 1) c
where (${ERASABLE}) is not true limit 1`;

/** `false` while another process changes the tables. Waits within the transaction are short from here on. */
async function lockDays(session: Session): Promise<boolean> {
  await session.rows(`set local lock_timeout = ${TABLE_WAIT_MS_MAX}`, []);
  const [row] = await session.rows<{ locked: boolean }>('select pg_try_advisory_xact_lock($1) as locked', [
    DAYS_LOCK,
  ]);
  return row?.locked === true;
}

/** The longest that any tenant keeps messages. */
async function keptDays(session: Session): Promise<number> {
  const [row] = await session.rows<{ days: number | null }>(KEPT_DAYS, []);
  return row?.days ?? RETENTION_DEFAULTS.messagesDays;
}

/** Without the rest. */
async function listTables(session: Session): Promise<DayTable[]> {
  const rows = await session.rows<{ name: string }>(TABLES, []);
  return rows.flatMap(({ name }) => {
    const [, before, year, month, day] = /^messages_(before_)?(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
    if (year === undefined) return [];
    const atMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
    return [{ name, endsAtMs: before === undefined ? atMs + DAY_MS : atMs }];
  });
}

function nameOf(dayAtMs: number): string {
  return new Date(dayAtMs).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The least id a conversation that begins at this instant can have; every other of that day is greater. */
function boundOf(atMs: number): string {
  return encodeUlid(atMs, new Uint8Array(ULID_TIME_CHARS)).slice(0, ULID_TIME_CHARS);
}
