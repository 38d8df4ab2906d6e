import { createServer } from 'node:net';

/** A TCP port on 127.0.0.1 that was free a moment ago; the caller retries when somebody was faster. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error('Cannot find a free port: the listening socket has no address'));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}
