import { types, type CustomTypesConfig } from 'pg';

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** `bigint` columns hold sample and byte counts, far below 2^53; instants are epoch milliseconds everywhere. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return (text: string) => parseInstant(text);
    return types.getTypeParser(oid, format);
  },
};

const ZERO = '0'.charCodeAt(0);
const UTC_ZONE = '+00';
const SECONDS_END = 'YYYY-MM-DD hh:mm:ss'.length;
/** `Date.UTC` takes smaller years for those of the twentieth century. */
const PLAIN_YEAR_MIN = 100;

/**
 * `2026-11-23 10:15:00.123+00` (DateStyle ISO, any zone) to epoch milliseconds. A page of messages holds two thousand,
 * so that those in UTC with four digits of a year are read digit by digit, which takes a tenth of the time.
 */
export function parseInstant(text: string): number {
  const year = digits(text, 0, 4);
  if (text.endsWith(UTC_ZONE) && text.charAt(4) === '-' && year >= PLAIN_YEAR_MIN) {
    const month = digits(text, 5, 7) - 1;
    const seconds = digits(text, 17, SECONDS_END);
    const ms = milliseconds(text);
    return Date.UTC(
      year,
      month,
      digits(text, 8, 10),
      digits(text, 11, 13),
      digits(text, 14, 16),
      seconds,
      ms,
    );
  }
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return Date.parse(iso);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
}

/** Trailing zeros are not written, nor is a fraction that is none; what is finer than ours is cut off. */
function milliseconds(text: string): number {
  const end = Math.min(text.length - UTC_ZONE.length, SECONDS_END + 4);
  const count = Math.max(0, end - SECONDS_END - 1);
  return digits(text, SECONDS_END + 1, end) * 10 ** (3 - count);
}

/** An instant as a parameter. */
export function instant(epochMs: number): Date;
export function instant(epochMs: number | undefined): Date | null;
export function instant(epochMs: number | undefined): Date | null {
  return epochMs === undefined ? null : new Date(epochMs);
}

/** JSON as a parameter: left to itself the driver turns arrays into PostgreSQL arrays. */
export function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
