import {
  createHostileTls,
  identityOf,
  startHostileReceiver,
  type HostileReceiver,
  type HostileReceiverOptions,
  type HostileTls,
} from '@earshot/hostile-receivers';
import { createTestAuthority } from '@earshot/auth/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useStorage } from '../testing/use-storage.ts';
import { setUpHostile, type HostileSetup, type HostileSetupOptions } from '../testing/hostile-setup.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
let tls: HostileTls;
beforeAll(async () => {
  tls = await createHostileTls();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function startTarget(options: HostileReceiverOptions): Promise<HostileReceiver> {
  const target = await startHostileReceiver(options);
  cleanUps.push(() => target.close());
  return target;
}

async function startSetup(options: HostileSetupOptions): Promise<HostileSetup> {
  const setup = await setUpHostile(fixture.storage, fixture.account, options);
  cleanUps.push(() => setup.publisher.close());
  return setup;
}

const ca = () => ({ type: 'ca', certificates: tls.authority.pem }) as const;
const mtls = () => {
  const { pem: certificate, privateKeyPem: privateKey } = tls.client;
  return { type: 'mtls', certificate, privateKey } as const;
};

describe('delivery over TLS', () => {
  it('reaches a target of an authority the endpoint names', async () => {
    const target = await startTarget({ tls: tls.good });
    const { say } = await startSetup({ url: target.url, auth: [ca()] });
    expect(await say('hello')).toMatchObject([{ state: 'delivered' }]);
  });

  const refused = [
    'expired',
    'notYetValid',
    'wrongHost',
    'selfSigned',
    'otherAuthority',
    'oldProtocol',
  ] as const;
  it.each(refused)('sends nothing to a target whose TLS is %s', async (kind) => {
    const target = await startTarget({ tls: tls[kind] });
    const { say } = await startSetup({ url: target.url, auth: [ca()] });
    const [record] = await say('hello');
    expect(record).toMatchObject({ state: 'failed', lastStatus: undefined });
    expect(record?.lastError).toBe('webhook.tls');
    expect(target.requests).toEqual([]);
    expect(target.connectionCount).toBeGreaterThan(0);
  });

  it('trusts the authorities of the system only, unless the endpoint names one', async () => {
    const target = await startTarget({ tls: tls.good });
    const { say } = await startSetup({ url: target.url });
    expect(await say('hello')).toMatchObject([{ state: 'failed', lastError: 'webhook.tls' }]);
    expect(target.requests).toEqual([]);
  });

  it('shows its certificate to a target that asks for one', async () => {
    const target = await startTarget({ tls: tls.clientRequired });
    const { say } = await startSetup({ url: target.url, auth: [ca(), mtls()] });
    expect(await say('hello')).toMatchObject([{ state: 'delivered' }]);
    expect(target.requests[0]?.clientSubject).toBe('CN=Client');
  });

  it('fails when it has no certificate for a target that asks for one', async () => {
    const target = await startTarget({ tls: tls.clientRequired });
    const { say } = await startSetup({ url: target.url, auth: [ca()] });
    const [record] = await say('hello');
    expect(record).toMatchObject({ state: 'failed', lastStatus: undefined });
    expect(record?.lastError).toMatch(/^webhook\.(tls|connection)$/);
    expect(target.requests).toEqual([]);
  });

  it('follows an authority that is exchanged while messages flow, once the endpoint names it', async () => {
    const next = await createTestAuthority({ commonName: 'Next authority' });
    const target = await startTarget({ tls: tls.good });
    const both = { type: 'ca', certificates: `${tls.authority.pem}${next.pem}` } as const;
    const careful = await startSetup({ url: target.url, auth: [both] });
    expect(await careful.say('before')).toMatchObject([{ state: 'delivered' }]);
    target.renewTls(identityOf(await next.issue()));
    const after = await careful.say('after');
    expect(after.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    await fixture.storage.endpoints.delete(fixture.account.tenantId, careful.endpointId);

    const careless = await startSetup({ url: target.url, auth: [ca()] });
    expect(await careless.say('hello')).toMatchObject([{ state: 'failed', lastError: 'webhook.tls' }]);
    expect(target.requests).toHaveLength(2);
  });
});
