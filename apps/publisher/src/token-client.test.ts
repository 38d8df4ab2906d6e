import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { createTokenClient } from './token-client.ts';

const init = {
  method: 'POST',
  headers: {},
  body: new URLSearchParams('grant_type=client_credentials'),
  redirect: 'manual',
  signal: new AbortController().signal,
} as const;

function answering(): MockAgent {
  const agent = new MockAgent();
  agent.disableNetConnect();
  agent
    .get('https://auth.example.com')
    .intercept({ path: '/token', method: 'POST' })
    .reply(200, 'ok')
    .persist();
  // The mock can be closed only; nothing of it is ever under way.
  return Object.assign(agent, { destroy: () => agent.close() });
}

describe('createTokenClient', () => {
  it('opens its sockets at the first request, once, and closes them', async () => {
    const agent = answering();
    let openCount = 0;
    const client = createTokenClient(async () => {
      openCount += 1;
      return agent;
    });
    expect(openCount).toBe(0);
    for (let request = 0; request < 2; request += 1) {
      expect(await (await client.fetch('https://auth.example.com/token', init)).text()).toBe('ok');
    }
    expect(openCount).toBe(1);
    await client.close();
    await expect(client.fetch('https://auth.example.com/token', init)).rejects.toThrow('fetch failed');
  });

  it('opens again after a failure to open', async () => {
    const agent = answering();
    let isAway = true;
    const client = createTokenClient(async () => {
      if (isAway) throw new Error('vault is away');
      return agent;
    });
    const asked = Array.from({ length: 2 }, () => client.fetch('https://auth.example.com/token', init));
    expect(await Promise.allSettled(asked)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    isAway = false;
    expect((await client.fetch('https://auth.example.com/token', init)).status).toBe(200);
    await client.close();
  });

  it('closes although nothing was asked or could be opened', async () => {
    await createTokenClient(() => Promise.reject(new Error('never called'))).close();
    const failing = createTokenClient(() => Promise.reject(new Error('vault is away')));
    await expect(failing.fetch('https://auth.example.com/token', init)).rejects.toThrow('vault is away');
    expect(await failing.close()).toBeUndefined();
  });
});
