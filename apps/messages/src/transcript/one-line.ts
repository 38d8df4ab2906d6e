/**
 * The text on one line: what would end a cue or a line becomes a space, what cannot be shown is dropped. An empty line
 * would end a cue, whatever stands in it.
 */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
}

/** `01:02:03.004`; hours grow beyond two digits. */
export function clockTime(positionMs: number, separator: '.' | ','): string {
  const ms = Math.max(0, Math.round(positionMs));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const hours = two(ms / 3_600_000);
  const minutes = two((ms / 60_000) % 60);
  const seconds = two((ms / 1000) % 60);
  return `${hours}:${minutes}:${seconds}${separator}${String(ms % 1000).padStart(3, '0')}`;
}

/** A cue of no length is shown by nobody. */
export function cueEndMs({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): number {
  return Math.max(endMs, startMs + 1);
}
