export interface EmulatorConfig {
  readonly host: string;
  readonly port: number;
}

/** Reads `HOST` (default 127.0.0.1) and `PORT` (default 0, any free one). Throws when the port is none. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): EmulatorConfig {
  const port = Number(env['PORT'] ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`Cannot start: PORT "${env['PORT'] ?? ''}" is not between 0 and 65535`);
  }
  return { host: env['HOST'] ?? '127.0.0.1', port };
}
