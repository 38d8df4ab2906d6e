import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Below are the ports of well-known servers. */
const PORT_MIN = 20_000;
/** Where Linux begins to take ports for outgoing connections; other systems begin at 49,152. */
const OUTGOING_PORT_MIN = 32_768;
const TRIES_MAX = 20;

/**
 * A TCP port on 127.0.0.1 that was free a moment ago; the caller retries when somebody was faster. Where it can, one
 * that the system gives to no outgoing connection: whoever stops listening there finds it free again later.
 */
export async function findFreePort(): Promise<number> {
  const end = await outgoingPortMin();
  for (let tries = 0; tries < TRIES_MAX && end > PORT_MIN; tries += 1) {
    const port = randomInt(PORT_MIN, end);
    if ((await listenOnce(port)) !== undefined) return port;
  }
  const port = await listenOnce(0);
  if (port === undefined) throw new Error('Cannot find a free port: the system gives none');
  return port;
}

async function outgoingPortMin(): Promise<number> {
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '');
  return Number(/^\s*(\d+)/.exec(range)?.[1] ?? OUTGOING_PORT_MIN);
}

/** The port, once it is closed again; `undefined` where it could not be listened on. */
function listenOnce(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port: wanted, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
