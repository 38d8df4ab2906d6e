export const DAY_MS = 86_400_000;

/** What is wrong with a day that has no start. */
export const NO_DAY = 'must be a day of the calendar';

/** Where a UTC day such as `2026-11-22` begins; `undefined` for what has the shape of a day and is none. */
export function dayStartMs(day: string): number | undefined {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(startMs) && dayOf(startMs) === day ? startMs : undefined;
}

export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
