import { newUlid } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { VOCABULARY_COUNT_MAX } from '../../stores/vocabularies.ts';
import { newAccount, T0, useStorage, type Account } from '../../testing/fixture.ts';

const fixture = useStorage();

function add(account: Account, phrase: string, atMs = T0, soundsLike: readonly string[] = []) {
  const { tenantId } = account;
  return fixture.storage.vocabularies.create({ tenantId, id: newUlid(atMs), phrase, soundsLike, atMs });
}

async function created(account: Account, phrase: string, atMs = T0, soundsLike: readonly string[] = []) {
  const outcome = await add(account, phrase, atMs, soundsLike);
  if (outcome.type !== 'created') throw new Error(`Cannot create the entry of the test: ${outcome.type}`);
  return outcome.vocabulary;
}

describe('VocabularyStore', () => {
  it('answers what was created, one by one and all together, oldest first', async () => {
    const account = await newAccount(fixture);
    const { vocabularies } = fixture.storage;
    const second = await created(account, 'HBO Max', T0 + 1);
    const first = await created(account, 'Polo "Fusion"', T0, ['polo, fuse on', 'a\\b', '{x}']);
    expect(first).toEqual({
      tenantId: account.tenantId,
      id: first.id,
      phrase: 'Polo "Fusion"',
      soundsLike: ['polo, fuse on', 'a\\b', '{x}'],
      createdAtMs: T0,
    });
    expect(await vocabularies.get(account.tenantId, first.id)).toEqual(first);
    expect(await vocabularies.list(account.tenantId)).toEqual([first, second]);
  });

  it.each(['polo fusion', 'POLO FUSION', ' Polo   Fusion '])('has %j once only', async (again) => {
    const account = await newAccount(fixture);
    const first = await created(account, 'Polo Fusion');
    expect(await add(account, again)).toEqual({ type: 'exists' });
    await fixture.storage.vocabularies.delete(account.tenantId, first.id);
    expect(await add(account, again)).toMatchObject({ type: 'created' });
  });

  it('lets one of several creates of the same phrase win', async () => {
    const account = await newAccount(fixture);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => add(account, 'Polo')));
    expect(outcomes.map(({ type }) => type).toSorted()).toEqual(['created', ...Array(7).fill('exists')]);
  });

  it('keeps the limit when creates come at once, and takes one more after a delete', async () => {
    const account = await newAccount(fixture);
    const { vocabularies } = fixture.storage;
    const room = 3;
    await fixture.sql(
      `insert into custom_vocabularies select $1, 'old-' || n, 'p' || n, 'p' || n, '{}', now()
       from generate_series(1, $2::int) n`,
      [account.tenantId, VOCABULARY_COUNT_MAX - room],
    );
    const outcomes = await Promise.all(Array.from({ length: 9 }, (_, n) => add(account, `new ${n}`)));
    expect(outcomes.filter(({ type }) => type === 'created')).toHaveLength(room);
    expect(outcomes.filter(({ type }) => type === 'full')).toEqual(
      Array(9 - room).fill({ type: 'full', countMax: VOCABULARY_COUNT_MAX }),
    );
    expect(await vocabularies.list(account.tenantId)).toHaveLength(VOCABULARY_COUNT_MAX);
    await vocabularies.delete(account.tenantId, 'old-7');
    expect(await add(account, 'one more')).toMatchObject({ type: 'created' });
  });

  it('shows a tenant nothing of another, and leaves phrases free for each', async () => {
    const [mine, other] = [await newAccount(fixture), await newAccount(fixture)];
    const { vocabularies } = fixture.storage;
    const entry = await created(mine, 'Polo');
    expect(await vocabularies.get(other.tenantId, entry.id)).toBeUndefined();
    expect(await vocabularies.list(other.tenantId)).toEqual([]);
    expect(await vocabularies.delete(other.tenantId, entry.id)).toBeUndefined();
    expect(await add(other, 'Polo')).toMatchObject({ type: 'created' });
    expect(await vocabularies.get(mine.tenantId, entry.id)).toEqual(entry);
  });

  it('answers a delete with what was removed, and the second with nothing', async () => {
    const account = await newAccount(fixture);
    const entry = await created(account, 'Polo', T0, ['pole oh']);
    const { vocabularies } = fixture.storage;
    expect(await vocabularies.delete(account.tenantId, entry.id)).toEqual(entry);
    expect(await vocabularies.delete(account.tenantId, entry.id)).toBeUndefined();
  });

  it('refuses an unknown tenant', async () => {
    const nobody = { tenantId: 'nobody', appId: 'none' };
    await expect(add(nobody, 'Polo')).rejects.toMatchObject({ code: 'storage.missing-parent' });
  });
});
