import { createServer, type Server, type Socket } from 'node:net';

/** A port on every address of this machine, where nobody should come. */
export interface ConnectionTrap {
  readonly port: number;
  readonly connectionCount: number;
  close(): Promise<void>;
}

/** Listens on all IPv4 and IPv6 addresses of this machine, and counts who comes. */
export async function startConnectionTrap(): Promise<ConnectionTrap> {
  const sockets = new Set<Socket>();
  let connectionCount = 0;
  const server: Server = createServer((socket) => {
    connectionCount += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // No host: both families, where the machine has both.
    server.listen(0, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Cannot listen: no port');
  return {
    port: address.port,
    get connectionCount() {
      return connectionCount;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
