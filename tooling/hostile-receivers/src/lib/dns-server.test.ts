import type { LookupAddress } from 'node:dns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHostileDnsServer, type HostileDnsServer } from './dns-server.ts';

let dns: HostileDnsServer;
beforeEach(async () => {
  dns = await startHostileDnsServer();
});
afterEach(() => dns.close());

const lookUp = (name: string) =>
  new Promise<readonly LookupAddress[]>((resolve, reject) => {
    dns.resolve(name, { all: true }, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
const addressesOf = async (name: string) => (await lookUp(name)).map(({ address }) => address);

describe('startHostileDnsServer', () => {
  it('gives one answer after the other, and the last for ever', async () => {
    dns.answer('flip.example', ['93.184.215.14'], ['127.0.0.1', '10.0.0.1']);
    expect(await addressesOf('flip.example')).toEqual(['93.184.215.14']);
    expect(await addressesOf('flip.example')).toEqual(['127.0.0.1', '10.0.0.1']);
    expect(await addressesOf('flip.example')).toEqual(['127.0.0.1', '10.0.0.1']);
  });

  it('answers both families', async () => {
    dns.answer('both.example', ['1.2.3.4', 'fd00:ec2::254', '::1']);
    expect(await lookUp('both.example')).toEqual([
      { address: '1.2.3.4', family: 4 },
      { address: 'fd00:ec2::254', family: 6 },
      { address: '::1', family: 6 },
    ]);
  });

  it('knows no other name', async () => {
    await expect(lookUp('nobody.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});
