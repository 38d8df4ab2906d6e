/**
 * The port in the line an app prints when it listens, `{"ready":true,"port":4711}`; `undefined` for any other line.
 */
export function readyPortIn(line: string): number | undefined {
  if (!line.startsWith('{"ready"')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const isReady = 'ready' in value && value.ready === true;
    return isReady && 'port' in value && typeof value.port === 'number' ? value.port : undefined;
  } catch {
    // A log line that only begins like it.
    return undefined;
  }
}
