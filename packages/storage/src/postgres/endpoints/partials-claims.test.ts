import { describe, expect, it } from 'vitest';
import { newAccount, newEndpoint, T0, useStorage, type Account } from '../../testing/fixture.ts';

const fixture = useStorage();

/** The endpoints of a tenant that a holder has claimed; tests of this file share a database. */
async function claimed(account: Account, holder: string, holdMs = 60_000): Promise<readonly string[]> {
  const claims = await fixture.storage.partialsClaims.claim({ holder, holdMs, limit: 1000 });
  return claims
    .filter(({ tenantId, appId }) => tenantId === account.tenantId && appId === account.appId)
    .map(({ endpointId }) => endpointId)
    .toSorted();
}

describe('PartialsClaims', () => {
  it('gives enabled endpoints that want partials to one holder, again and again', async () => {
    const account = await newAccount(fixture);
    const wanted = await newEndpoint(fixture.storage, account, { partials: true });
    await newEndpoint(fixture.storage, account, { partials: true, enabled: false });
    await newEndpoint(fixture.storage, account, { partials: true, operationalEvents: true });
    const paused = await newEndpoint(fixture.storage, account, { partials: true });
    const pause = { tenantId: account.tenantId, endpointId: paused, paused: true, atMs: T0 };
    await fixture.storage.endpoints.setPaused(pause);
    await newEndpoint(fixture.storage, account);
    expect(await claimed(account, 'one')).toEqual([wanted]);
    expect(await claimed(account, 'two')).toEqual([]);
    expect(await claimed(account, 'one')).toEqual([wanted]);
  });

  it('gives an endpoint to another holder once it is released or its claim has run out', async () => {
    const account = await newAccount(fixture);
    const wanted = await newEndpoint(fixture.storage, account, { partials: true });
    expect(await claimed(account, 'three')).toEqual([wanted]);
    await fixture.storage.partialsClaims.release('three');
    expect(await claimed(account, 'four', -1)).toEqual([wanted]);
    expect(await claimed(account, 'five')).toEqual([wanted]);
  });

  it('claims no endpoint twice when two processes ask at once', async () => {
    const account = await newAccount(fixture);
    const wanted: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      wanted.push(await newEndpoint(fixture.storage, account, { partials: true }));
    }
    const both = await Promise.all(['six', 'seven'].map((holder) => claimed(account, holder)));
    const rest = await claimed(account, 'six');
    expect([...new Set([...rest, ...(both[1] ?? [])])].toSorted()).toEqual(wanted.toSorted());
    expect((both[0] ?? []).filter((id) => both[1]?.includes(id))).toEqual([]);
  });
});
