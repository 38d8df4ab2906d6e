const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
/** Contract decision: built at 02:00 UTC for the day before. */
const BUILD_AFTER_MS = DAY_MS + 2 * HOUR_MS;
/** Utterances of an hour that are stored later than this come with the day. */
const HOUR_SETTLES_MS = 600_000;

/** The UTC day of an instant, `2026-11-22`. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

export function dayStartMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function dayEndMs(day: string): number {
  return dayStartMs(day) + DAY_MS;
}

/** Whether it is a day of the calendar, not only of its shape. */
export function isDay(text: string): boolean {
  return (
    /^[12]\d{3}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(dayStartMs(text)) &&
    dayOf(dayStartMs(text)) === text
  );
}

export function daysBefore(atMs: number, count: number): string {
  return dayOf(atMs - count * DAY_MS);
}

/** The last day that is due. */
export function lastDueDay(nowMs: number): string {
  return dayOf(nowMs - BUILD_AFTER_MS);
}

/** How many hours of a day are over and settled, 0 to 24. */
export function hoursOver(day: string, nowMs: number): number {
  return Math.min(24, Math.max(0, Math.floor((nowMs - HOUR_SETTLES_MS - dayStartMs(day)) / HOUR_MS)));
}
