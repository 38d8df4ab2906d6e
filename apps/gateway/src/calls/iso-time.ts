export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
