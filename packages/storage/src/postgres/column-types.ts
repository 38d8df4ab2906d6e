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

/** `2026-11-23 10:15:00.123+00` (DateStyle ISO, any zone) to epoch milliseconds. */
function parseInstant(text: string): number {
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
  return Date.parse(iso);
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
