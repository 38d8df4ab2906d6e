import { describe, expect, it } from 'vitest';
import type { EndpointFields } from '../../stores/endpoints.ts';
import { ENDPOINT_FIELDS, newAccount, newEndpoint, T0, useStorage } from '../../testing/fixture.ts';

const fixture = useStorage();

describe('EndpointStore', () => {
  it('answers what was created, with its secrets apart', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const secrets = [{ kind: 'auth-secret', sealed: new Uint8Array([1, 2]) }];
    const created = await endpoints.create({
      ...account,
      endpointId: 'endpoint-1',
      fields: ENDPOINT_FIELDS,
      secrets,
      atMs: T0,
    });
    expect(created).toEqual({
      ...account,
      ...ENDPOINT_FIELDS,
      endpointId: 'endpoint-1',
      stateReason: undefined,
      pausedAtMs: undefined,
      createdAtMs: T0,
      updatedAtMs: T0,
    });
    expect(await endpoints.get(account.tenantId, 'endpoint-1')).toEqual(created);
    expect(bytes(await endpoints.getSecrets(account.tenantId, 'endpoint-1'))).toEqual([
      ['auth-secret', 1, 2],
    ]);
  });

  it('refuses a second endpoint of the same id and one of an unknown app', async () => {
    const account = await newAccount(fixture);
    const input = { ...account, endpointId: 'endpoint-2', fields: ENDPOINT_FIELDS, secrets: [], atMs: T0 };
    await fixture.storage.endpoints.create(input);
    await expect(fixture.storage.endpoints.create(input)).rejects.toMatchObject({
      code: 'storage.duplicate',
    });
    const orphan = fixture.storage.endpoints.create({ ...input, endpointId: 'endpoint-3', appId: 'none' });
    await expect(orphan).rejects.toMatchObject({ code: 'storage.missing-parent', retryable: false });
  });

  it('changes the fields that are given and leaves the rest, secrets too', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const endpointId = await newEndpoint(fixture.storage, account);
    const update = (change: Partial<Parameters<typeof endpoints.update>[0]>) =>
      endpoints.update({ ...account, endpointId, fields: {}, secrets: undefined, atMs: T0 + 5, ...change });
    await update({ secrets: [{ kind: 'auth-secret', sealed: new Uint8Array([1]) }] });
    expect(await update({ fields: { enabled: false, pendingMax: 7, auth: [] } })).toMatchObject({
      ...ENDPOINT_FIELDS,
      enabled: false,
      pendingMax: 7,
      auth: [],
      createdAtMs: T0,
      updatedAtMs: T0 + 6,
    });
    expect(bytes(await endpoints.getSecrets(account.tenantId, endpointId))).toEqual([['auth-secret', 1]]);
    await update({ secrets: [{ kind: 'other', sealed: new Uint8Array([2]) }] });
    expect(bytes(await endpoints.getSecrets(account.tenantId, endpointId))).toEqual([['other', 2]]);
    await update({ secrets: [] });
    expect(await endpoints.getSecrets(account.tenantId, endpointId)).toEqual([]);
  });

  it('forgets why the system disabled an endpoint when somebody enables it', async () => {
    const account = await newAccount(fixture);
    const endpointId = await newEndpoint(fixture.storage, account, { enabled: false });
    await fixture.sql(`update endpoints set state_reason = 'gone' where endpoint_id = $1`, [endpointId]);
    const update = (fields: { name?: string; enabled?: boolean }) =>
      fixture.storage.endpoints.update({ ...account, endpointId, fields, secrets: undefined, atMs: T0 });
    expect(await update({ name: 'Renamed' })).toMatchObject({ stateReason: 'gone' });
    expect(await update({ enabled: true })).toMatchObject({ stateReason: undefined });
  });

  it('keeps whether an endpoint wants partials', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const endpointId = await newEndpoint(fixture.storage, account, { partials: true });
    expect(await endpoints.get(account.tenantId, endpointId)).toMatchObject({ partials: true });
    const change = { ...account, endpointId, secrets: undefined, atMs: T0 };
    expect(await endpoints.update({ ...change, fields: { name: 'b' } })).toMatchObject({ partials: true });
    expect(await endpoints.update({ ...change, fields: { partials: false } })).toMatchObject({
      partials: false,
    });
  });

  it('keeps strategies of every kind, limits that can be taken away, and what the endpoint is sent', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const auth: EndpointFields['auth'] = [
      { type: 'ca', certificates: 'PEM' },
      {
        type: 'signature',
        secrets: [{ kind: 'signing-secret-2' }, { kind: 'signing-secret-1', untilMs: T0 }],
      },
    ];
    const fields = {
      auth,
      headOfLine: 'skip-after-attempts',
      skipAfterAttempts: 3,
      inFlightMax: 4,
      ratePerSecondMax: 50,
      operationalEvents: true,
    } as const;
    const endpointId = await newEndpoint(fixture.storage, account, fields);
    expect(await endpoints.get(account.tenantId, endpointId)).toMatchObject(fields);
    const change = { ...account, endpointId, secrets: undefined, atMs: T0 };
    expect(await endpoints.update({ ...change, fields: { ratePerSecondMax: undefined } })).toMatchObject({
      ...fields,
      ratePerSecondMax: undefined,
    });
  });

  it('fills in what a new endpoint leaves out', async () => {
    const account = await newAccount(fixture);
    const { name, url, enabled, policy, pendingMax, pendingAgeMaxMs, timeoutMs, partials } = ENDPOINT_FIELDS;
    const fields = { name, url, enabled, policy, pendingMax, pendingAgeMaxMs, timeoutMs, partials, auth: [] };
    const input = { ...account, endpointId: 'endpoint-4', fields, secrets: [], atMs: T0 };
    expect(await fixture.storage.endpoints.create(input)).toMatchObject({
      headOfLine: 'block',
      skipAfterAttempts: 5,
      inFlightMax: undefined,
      ratePerSecondMax: undefined,
      operationalEvents: false,
    });
  });

  it('leaves the secrets that are kept, and replaces the rest', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const endpointId = await newEndpoint(fixture.storage, account);
    const secrets = ['a', 'b'].map((kind) => ({ kind, sealed: new Uint8Array([1]) }));
    const change = { ...account, endpointId, fields: {}, atMs: T0 };
    await endpoints.update({ ...change, secrets });
    await endpoints.update({
      ...change,
      secrets: [{ kind: 'c', sealed: new Uint8Array([2]) }],
      keptKinds: ['b'],
    });
    expect(bytes(await endpoints.getSecrets(account.tenantId, endpointId))).toEqual([
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('refuses a change of what somebody else changed since it was read', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const endpointId = await newEndpoint(fixture.storage, account);
    const change = { ...account, endpointId, secrets: undefined, atMs: T0, ifUpdatedAtMs: T0 };
    const first = await endpoints.update({ ...change, fields: { name: 'first' } });
    expect(first).toMatchObject({ name: 'first', updatedAtMs: T0 + 1 });
    expect(await endpoints.update({ ...change, fields: { name: 'second' }, secrets: [] })).toBeUndefined();
    expect(await endpoints.get(account.tenantId, endpointId)).toEqual(first);
  });

  it('pauses from the first instant until it resumes', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const endpointId = await newEndpoint(fixture.storage, account);
    const pause = (paused: boolean, atMs: number) =>
      endpoints.setPaused({ tenantId: account.tenantId, endpointId, paused, atMs });
    expect(await pause(true, T0 + 1)).toMatchObject({
      pausedAtMs: T0 + 1,
      updatedAtMs: T0 + 1,
      enabled: true,
    });
    expect(await pause(true, T0 + 9)).toMatchObject({ pausedAtMs: T0 + 1, updatedAtMs: T0 + 9 });
    expect(await pause(false, T0 + 9)).toMatchObject({ pausedAtMs: undefined, updatedAtMs: T0 + 10 });
    const theirs = await newAccount(fixture);
    const other = { tenantId: theirs.tenantId, endpointId, paused: true, atMs: T0 };
    expect(await endpoints.setPaused(other)).toBeUndefined();
  });

  it('disables once, with the reason', async () => {
    const account = await newAccount(fixture);
    const { endpoints } = fixture.storage;
    const endpointId = await newEndpoint(fixture.storage, account);
    const disable = (reason: string) => endpoints.disable({ ...account, endpointId, reason, atMs: T0 + 1 });
    expect([await disable('gone'), await disable('again')]).toEqual([true, false]);
    expect(await endpoints.get(account.tenantId, endpointId)).toMatchObject({
      enabled: false,
      stateReason: 'gone',
      updatedAtMs: T0 + 1,
    });
  });

  it('lists the endpoints of an app page by page', async () => {
    const account = await newAccount(fixture);
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push(await newEndpoint(fixture.storage, account));
    ids.sort();
    const { endpoints } = fixture.storage;
    const first = await endpoints.list({ ...account, limit: 2 });
    expect(first.items.map((item) => item.endpointId)).toEqual(ids.slice(0, 2));
    const second = await endpoints.list({ ...account, limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map((item) => item.endpointId)).toEqual(ids.slice(2));
    expect(second.nextCursor).toBeUndefined();
    expect(await endpoints.list({ ...account, appId: 'another', limit: 2 })).toEqual({
      items: [],
      nextCursor: undefined,
    });
  });

  it('deletes an endpoint with all that hangs on it, once', async () => {
    const account = await newAccount(fixture);
    const endpointId = await newEndpoint(fixture.storage, account);
    expect(await fixture.storage.endpoints.delete(account.tenantId, endpointId)).toBe(true);
    expect(await fixture.storage.endpoints.delete(account.tenantId, endpointId)).toBe(false);
    expect(await fixture.storage.endpoints.get(account.tenantId, endpointId)).toBeUndefined();
  });

  it('shows, changes and deletes nothing of another tenant', async () => {
    const [mine, theirs] = [await newAccount(fixture), await newAccount(fixture)];
    const endpointId = await newEndpoint(fixture.storage, mine);
    const { endpoints } = fixture.storage;
    expect(await endpoints.get(theirs.tenantId, endpointId)).toBeUndefined();
    expect(await endpoints.getSecrets(theirs.tenantId, endpointId)).toEqual([]);
    const change = { ...theirs, endpointId, fields: { name: 'Taken' }, secrets: [], atMs: T0 };
    expect(await endpoints.update(change)).toBeUndefined();
    expect(await endpoints.delete(theirs.tenantId, endpointId)).toBe(false);
    expect((await endpoints.get(mine.tenantId, endpointId))?.name).toBe(ENDPOINT_FIELDS.name);
  });
});

describe('EndpointStore.forgetSigningSecrets', () => {
  const sealed = new Uint8Array([1]);
  const kinds = ['auth-secret', 'signing-secret-1', 'signing-secret-2'];
  const secretIn = { type: 'secret', in: 'header', name: 'x-key' } as const;
  /** Whose first signing secret ended, or ends, then. */
  async function rotated(untilMs: number) {
    const account = await newAccount(fixture);
    const endpointId = await newEndpoint(fixture.storage, account);
    const secrets = [{ kind: 'signing-secret-2' }, { kind: 'signing-secret-1', untilMs }];
    await fixture.storage.endpoints.update({
      ...account,
      endpointId,
      fields: { auth: [secretIn, { type: 'signature', secrets }] },
      secrets: kinds.map((kind) => ({ kind, sealed })),
      atMs: T0,
    });
    return { ...account, endpointId };
  }
  const stateOf = async ({ tenantId, endpointId }: { tenantId: string; endpointId: string }) => ({
    auth: (await fixture.storage.endpoints.get(tenantId, endpointId))?.auth,
    kinds: (await fixture.storage.endpoints.getSecrets(tenantId, endpointId)).map(({ kind }) => kind),
  });

  it('removes what was rotated away, secret and name of it, and leaves what still signs', async () => {
    const [ended, live] = [await rotated(T0 - 1), await rotated(T0)];
    const before = await stateOf(live);
    const { endpoints } = fixture.storage;
    const updatedAtMs = (await endpoints.get(ended.tenantId, ended.endpointId))?.updatedAtMs ?? 0;
    const forget = () => endpoints.forgetSigningSecrets({ endedBeforeMs: T0, atMs: T0, limit: 100 });
    expect(await forget()).toBe(1);
    expect(await stateOf(ended)).toEqual({
      auth: [secretIn, { type: 'signature', secrets: [{ kind: 'signing-secret-2' }] }],
      kinds: ['auth-secret', 'signing-secret-2'],
    });
    expect((await endpoints.get(ended.tenantId, ended.endpointId))?.updatedAtMs).toBeGreaterThan(updatedAtMs);
    expect(await stateOf(live)).toEqual(before);
    expect(await forget()).toBe(0);
  });

  it('removes each once, however many look', async () => {
    for (let count = 0; count < 6; count += 1) await rotated(T0 - 1);
    const { endpoints } = fixture.storage;
    const forget = () => endpoints.forgetSigningSecrets({ endedBeforeMs: T0, atMs: T0, limit: 2 });
    const counts = await Promise.all([1, 2, 3, 4, 5, 6].map(forget));
    counts.push(await endpoints.forgetSigningSecrets({ endedBeforeMs: T0, atMs: T0, limit: 100 }));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6);
  });
});

function bytes(secrets: readonly { kind: string; sealed: Uint8Array }[]): (string | number)[][] {
  return secrets.map((secret) => [secret.kind, ...secret.sealed]);
}
