import { describe, expect, it } from 'vitest';
import { newAccount, T0, useStorage } from '../../testing/fixture.ts';

const fixture = useStorage();

describe('TenantStore.ensureDefault', () => {
  it('makes one tenant and one app, however many ask for them', async () => {
    const ask = () => fixture.storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
    const answers = await Promise.all([ask(), ask(), ask()]);
    answers.push(await ask());
    expect(new Set(answers.map((answer) => `${answer.tenantId} ${answer.appId}`)).size).toBe(1);
    expect(await fixture.sql('select name from tenants')).toEqual([{ name: 'Default' }]);
  });
});

describe('KeyStore', () => {
  it('finds a key by its id alone', async () => {
    const account = await newAccount(fixture);
    const key = {
      ...account,
      apiId: `id-${account.appId}`,
      secretHash: new Uint8Array([9, 8]),
      scopes: ['stream:write', 'admin'],
      expiresAtMs: T0 + 1,
      revokedAtMs: undefined,
    };
    await fixture.storage.keys.insert(key);
    const found = await fixture.storage.keys.find(key.apiId);
    expect(found && { ...found, secretHash: new Uint8Array(found.secretHash) }).toEqual(key);
    expect(await fixture.storage.keys.find('unknown')).toBeUndefined();
    await expect(fixture.storage.keys.insert(key)).rejects.toMatchObject({ code: 'storage.duplicate' });
  });

  it('notes the last use at most once a minute', async () => {
    const account = await newAccount(fixture);
    const apiId = `id-${account.appId}`;
    await fixture.storage.keys.insert({
      ...account,
      apiId,
      secretHash: new Uint8Array([1]),
      scopes: [],
      expiresAtMs: undefined,
      revokedAtMs: undefined,
    });
    const lastUsed = async (usedAtMs: number) => {
      await fixture.storage.keys.touch(apiId, usedAtMs);
      const [row] = await fixture.sql<{ last_used_at: Date }>(
        'select last_used_at from api_keys where api_id = $1',
        [apiId],
      );
      return row?.last_used_at.getTime();
    };
    expect(await lastUsed(T0)).toBe(T0);
    expect(await lastUsed(T0 + 59_999)).toBe(T0);
    expect(await lastUsed(T0 + 60_000)).toBe(T0 + 60_000);
  });
});

describe('KeyStore of an app', () => {
  async function withKeys(...apiIds: string[]) {
    const account = await newAccount(fixture);
    const { keys } = fixture.storage;
    const idOf = (name: string) => `${name}-${account.appId}`;
    const keyOf = (name: string) => ({
      ...account,
      apiId: idOf(name),
      secretHash: new Uint8Array([1]),
      scopes: ['admin'],
      expiresAtMs: undefined,
      revokedAtMs: undefined,
      name,
      createdAtMs: T0,
    });
    for (const name of apiIds) await keys.insert(keyOf(name));
    return { account, keys, idOf, keyOf };
  }

  it('shows keys without their hash, page by page, and none of another app', async () => {
    const { account, keys, idOf } = await withKeys('a', 'b', 'c');
    const first = await keys.list({ ...account, limit: 2 });
    expect(first.items).toEqual(
      ['a', 'b'].map((name) => ({
        ...account,
        apiId: idOf(name),
        name,
        scopes: ['admin'],
        createdAtMs: T0,
        expiresAtMs: undefined,
        revokedAtMs: undefined,
        lastUsedAtMs: undefined,
      })),
    );
    const second = await keys.list({ ...account, limit: 2, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: [{ name: 'c' }], nextCursor: undefined });
    await keys.touch(idOf('a'), T0 + 1);
    expect(await keys.get(account.tenantId, account.appId, idOf('a'))).toMatchObject({
      lastUsedAtMs: T0 + 1,
    });
    const theirs = await newAccount(fixture);
    expect(await keys.list({ ...theirs, limit: 2 })).toEqual({ items: [], nextCursor: undefined });
    expect(await keys.get(theirs.tenantId, theirs.appId, idOf('a'))).toBeUndefined();
  });

  it('gives a key one successor, and the key an end', async () => {
    const { account, keys, idOf, keyOf } = await withKeys('old');
    const rotate = (next: string) =>
      keys.rotate({ ...account, apiId: idOf('old'), revokedAtMs: T0 + 5, next: keyOf(next) });
    const outcomes = await Promise.all([rotate('new-1'), rotate('new-2')]);
    expect(outcomes.filter((done) => done)).toHaveLength(1);
    const { items } = await keys.list({ ...account, limit: 9 });
    expect(items).toHaveLength(2);
    expect(items.find((key) => key.apiId === idOf('old'))?.revokedAtMs).toBe(T0 + 5);
    expect(await keys.rotate({ ...account, apiId: 'none', revokedAtMs: T0, next: keyOf('new-3') })).toBe(
      false,
    );
  });

  it('revokes at the earliest of the instants asked for', async () => {
    const { account, keys, idOf } = await withKeys('a');
    const revoke = (atMs: number, of = account) => keys.revoke({ ...of, apiId: idOf('a'), atMs });
    expect(await revoke(T0 + 1, await newAccount(fixture))).toBe(false);
    expect([await revoke(T0 + 5), await revoke(T0 + 3), await revoke(T0 + 9)]).toEqual([true, true, true]);
    expect((await keys.find(idOf('a')))?.revokedAtMs).toBe(T0 + 3);
  });
});

describe('KinesisSourceStore', () => {
  it('prefers the source of the account to the one for all, and keeps tenants apart', async () => {
    const [mine, theirs] = [await newAccount(fixture), await newAccount(fixture)];
    const { kinesisSources } = fixture.storage;
    const all = { tenantId: mine.tenantId, accountId: '*', roleArn: undefined, externalId: undefined };
    const own = { tenantId: mine.tenantId, accountId: '111122223333', roleArn: 'arn:role', externalId: 'e' };
    await kinesisSources.put(all);
    await kinesisSources.put({ ...own, roleArn: 'arn:old' });
    await kinesisSources.put(own);
    expect(await kinesisSources.find(mine.tenantId, '111122223333')).toEqual(own);
    expect(await kinesisSources.find(mine.tenantId, '444455556666')).toEqual(all);
    expect(await kinesisSources.find(theirs.tenantId, '111122223333')).toBeUndefined();
  });
});

describe('DataKeyStore', () => {
  it('lets the first of several inserts win and answers it to all', async () => {
    const { tenantId } = await newAccount(fixture);
    const { dataKeys } = fixture.storage;
    expect(await dataKeys.current(tenantId)).toBeUndefined();
    const rows = await Promise.all(
      ['a', 'b', 'c'].map((keyId) => dataKeys.insert(tenantId, { keyId, wrapped: Buffer.from(keyId) })),
    );
    expect(new Set(rows.map((row) => row.keyId)).size).toBe(1);
    const current = await dataKeys.current(tenantId);
    expect(current).toEqual(rows[0]);
    expect(await dataKeys.get(tenantId, current?.keyId ?? '')).toEqual(current);
    expect(await dataKeys.get('another', current?.keyId ?? '')).toBeUndefined();
  });
});
