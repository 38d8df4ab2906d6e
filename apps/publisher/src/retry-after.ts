const DELAY_MS_MAX = 24 * 3_600_000;
/** `Sun, 06 Nov 1994 08:49:37 GMT`, the form RFC 9110 asks senders for. */
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** How long a `Retry-After` field asks to wait: seconds or a date, at most 24 h. Undefined when it says nothing usable. */
export function retryAfterMs(field: string | undefined, nowMs: number): number | undefined {
  const text = field?.trim() ?? '';
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text) * 1000, DELAY_MS_MAX);
  if (!HTTP_DATE.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.min(Math.max(atMs - nowMs, 0), DELAY_MS_MAX);
}
