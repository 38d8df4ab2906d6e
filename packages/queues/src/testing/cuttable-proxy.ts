import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface CuttableProxy {
  /** The same URL with this proxy's address in it. */
  rewrite(url: string): string;
  /** Keeps connections open and passes nothing on any more, as a network that drops everything. */
  silence(): void;
  /** Breaks all connections and refuses new ones. */
  cut(): void;
  /** Takes new connections after a cut. */
  restore(): void;
  close(): Promise<void>;
}

/** Stands between a client and the server at `target`. */
export async function startCuttableProxy(target: URL): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let state: 'open' | 'silent' | 'cut' = 'open';

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (state === 'cut') near.destroy();
    if (state !== 'open') return;
    const far = connect(Number(target.port), target.hostname);
    keep(far);
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Cannot read port of proxy');
  const { port } = address;

  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    rewrite(text) {
      const url = new URL(text);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href;
    },
    silence() {
      state = 'silent';
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    cut() {
      state = 'cut';
      cutAll();
    },
    restore() {
      state = 'open';
    },
    async close() {
      state = 'cut';
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
