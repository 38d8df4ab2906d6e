import { randomBytes } from 'node:crypto';
import type { DeliveryDetail, DeliveryPage, OperationalEventPage } from '@earshot/api';
import { hashApiSecret, newApiKey } from '@earshot/auth';
import { accept, answer, startHostileReceiver } from '@earshot/hostile-receivers';
import { migrateQueues } from '@earshot/queues';
import { runMain, type RunningApp } from '@earshot/testing';
import { createVault } from '@earshot/vault';
import { afterEach, describe, expect, it } from 'vitest';
import { addEndpoint, startCall } from './testing/call-writer.ts';
import { useStorage } from './testing/use-storage.ts';

const masterKey = randomBytes(32);
const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function startTarget(status: number) {
  const target = await startHostileReceiver({ behave: answer(status) });
  cleanUps.push(() => target.close());
  return target;
}

/** A publisher process without Redis, and a key to ask it with. */
async function startPublisher() {
  const { storage, account, url } = fixture;
  await migrateQueues(url);
  const vault = createVault({ masterKey, dataKeys: storage.dataKeys });
  const { apiId, apiSecret } = newApiKey();
  const secretHash = hashApiSecret(vault.apiKeyHmacKey, apiId, apiSecret);
  const scopes = ['webhooks:admin'];
  const times = { expiresAtMs: undefined, revokedAtMs: undefined };
  await storage.keys.insert({ ...account, apiId, secretHash, scopes, ...times });
  const app: RunningApp = await runMain(new URL('./main.ts', import.meta.url), {
    DATABASE_URL: url,
    EARSHOT_MASTER_KEY: masterKey.toString('base64'),
    EARSHOT_EGRESS_ALLOW: '127.0.0.0/8',
    PUBLISHER_SWEEP_EVERY_MS: '200',
    LOG_LEVEL: 'error',
  });
  cleanUps.push(() => app.stop('SIGKILL'));
  return {
    app,
    ask: async (method: string, path: string, body?: object): Promise<Response> =>
      await fetch(`${app.baseUrl}/earshot/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${apiId}.${apiSecret}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

async function read<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

describe('the API of the publisher', () => {
  it('leads from a target that went away to messages delivered late', async () => {
    const { storage, account } = fixture;
    const target = await startTarget(410);
    const operator = await startTarget(204);
    const endpointId = await addEndpoint(storage, account, target.url, { policy: 'durable' });
    await addEndpoint(storage, account, operator.url, { operationalEvents: true });
    const { app, ask } = await startPublisher();
    const { guid, say } = await startCall(storage, account);
    await say('one');

    const events = async () => (await read<OperationalEventPage>(await ask('GET', '/events'))).items;
    const types = async () => new Set((await events()).map(({ type }) => type));
    await expect.poll(types).toEqual(new Set(['endpoint.disabled', 'delivery.dead']));
    const disabled = (await events()).find(({ type }) => type === 'endpoint.disabled');
    expect(disabled?.data).toMatchObject({ endpointId, reason: expect.stringMatching(/410/) });
    const told = () => operator.requests.map(({ body }) => JSON.parse(body));
    await expect.poll(told).toHaveLength(2);
    expect(told()).toEqual(expect.arrayContaining(await events()));

    const refused = await ask('POST', `/endpoints/${endpointId}/replay`, { guid });
    expect(refused.status).toBe(409);
    expect(await read(await ask('POST', `/endpoints/${endpointId}/test`))).toMatchObject({
      delivered: false,
      stage: 'response',
      status: 410,
    });

    target.behaveAs(accept);
    await storage.endpoints.update({
      ...account,
      endpointId,
      fields: { enabled: true },
      secrets: undefined,
      atMs: Date.now(),
    });
    const replayed = await ask('POST', `/endpoints/${endpointId}/replay`, { guid });
    expect(replayed.status).toBe(202);
    expect(await replayed.json()).toEqual({ replayed: 1, complete: true });
    const delivered = async () =>
      read<DeliveryPage>(await ask('GET', `/deliveries?guid=${guid}&state=delivered`));
    await expect.poll(async () => (await delivered()).items).toHaveLength(1);
    const id = (await delivered()).items[0]?.id ?? '';
    const detail = await read<DeliveryDetail>(await ask('GET', `/deliveries/${id}`));
    expect(detail.attemptList.map(({ status }) => status)).toEqual([410, 204]);
    expect((await ask('POST', `/deliveries/${id}/retry`)).status).toBe(409);
    expect(await app.stop()).toBe(0);
  });
});
