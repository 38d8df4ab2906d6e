import { encodeUlid } from '@earshot/domain';
import type pg from 'pg';

const DAY_MS = 86_400_000;
const ULID_TIME_CHARS = 10;

/** The UTC day of an instant, `2026-11-22`. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** The table of the messages of conversations that began on a day. */
export function tableOf(day: string): string {
  return `messages_${day.replaceAll('-', '')}`;
}

/** Gives a new store the tables it would have, had it been there since before these days, the earliest first. */
export async function makePastDays(sql: pg.Client, days: readonly string[]): Promise<void> {
  const [earliest = dayOf(Date.now())] = days;
  const { rows } = await sql.query<{ before: string }>(
    `select relname as before from pg_class where relname ~ '^messages_before_[0-9]+$' and relkind = 'r'`,
  );
  const [{ before } = { before: 'messages_before' }] = rows;
  const renamed = tableOf(earliest).replace('messages_', 'messages_before_');
  await sql.query(`alter table messages detach partition ${before}`);
  await sql.query(`alter table ${before} rename to ${renamed}`);
  await sql.query(
    `alter table messages attach partition ${renamed} for values from (minvalue) to ('${boundOf(earliest)}')`,
  );
  for (const day of days) {
    const next = dayOf(Date.parse(day) + DAY_MS);
    await sql.query(
      `create table ${tableOf(day)} partition of messages for values from ('${boundOf(day)}') to ('${boundOf(next)}')`,
    );
  }
}

/** The least id of a conversation that begins on a day. */
function boundOf(day: string): string {
  return encodeUlid(Date.parse(day), new Uint8Array(ULID_TIME_CHARS)).slice(0, ULID_TIME_CHARS);
}
