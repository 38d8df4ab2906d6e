import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findFreePort } from './free-port.ts';

describe('findFreePort', () => {
  it('gives a port that can be listened on, again and again', async () => {
    const port = await findFreePort();
    for (let time = 0; time < 2; time += 1) {
      const server = createServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
      server.close();
      await once(server, 'close');
    }
    expect(port).toBeGreaterThanOrEqual(20_000);
  });
});
