import { describe, expect, it } from 'vitest';
import type { RedactionSettings } from '../../stores/redaction-settings.ts';
import { newAccount, T0, useStorage } from '../../testing/fixture.ts';
import { readRedactionSettings } from './read-redaction-settings.ts';

const fixture = useStorage();

const SETTINGS: RedactionSettings = {
  mode: 'custom',
  mask: 'label',
  entities: { customer: ['EMAIL', 'PIN'], agent: [] },
  customRules: [{ name: 'MEMBER', pattern: String.raw`\bM-\d{4,6}\b "quoted" {x}` }],
};

async function put(tenantId: string, settings: RedactionSettings, atMs = T0) {
  const { redactionSettings } = fixture.storage;
  const outcome = await redactionSettings.update(tenantId, atMs, () => ({ type: 'change', settings }));
  if (outcome.type !== 'updated') throw new Error('Cannot store the settings of the test');
  return outcome.stored;
}

describe('RedactionSettingsStore', () => {
  it('answers none until a tenant chooses, then what was stored, with its revision', async () => {
    const { tenantId } = await newAccount(fixture);
    const { redactionSettings } = fixture.storage;
    expect(await redactionSettings.get(tenantId)).toEqual({ type: 'none' });
    const first = { type: 'stored', revision: 1, settings: SETTINGS, updatedAtMs: T0 };
    expect(await put(tenantId, SETTINGS)).toEqual(first);
    expect(await redactionSettings.get(tenantId)).toEqual(first);
    const strict: RedactionSettings = { ...SETTINGS, mode: 'strict' };
    const second = { type: 'stored', revision: 2, settings: strict, updatedAtMs: T0 + 5 };
    expect(await put(tenantId, strict, T0 + 5)).toEqual(second);
    expect(await redactionSettings.get(tenantId)).toEqual(second);
  });

  it('keeps the revision where nothing changes', async () => {
    const { tenantId } = await newAccount(fixture);
    const first = await put(tenantId, SETTINGS);
    expect(await put(tenantId, structuredClone(SETTINGS), T0 + 9)).toEqual(first);
  });

  it('shows the change what is stored, and stores nothing that the change refuses', async () => {
    const { tenantId } = await newAccount(fixture);
    const { redactionSettings } = fixture.storage;
    const stored = await put(tenantId, SETTINGS);
    const outcome = await redactionSettings.update(tenantId, T0 + 1, (current) => {
      expect(current).toEqual(stored);
      return { type: 'refuse', because: 'no' };
    });
    expect(outcome).toEqual({ type: 'refused', because: 'no' });
    expect(await redactionSettings.get(tenantId)).toEqual(stored);
  });

  it('loses none of many changes at once', async () => {
    const { tenantId } = await newAccount(fixture);
    const { redactionSettings } = fixture.storage;
    const names = Array.from({ length: 12 }, (_, n) => `ENTITY_${n}`);
    await Promise.all(
      names.map((name) =>
        redactionSettings.update(tenantId, T0, (current) => {
          const { entities, ...rest } = current.type === 'stored' ? current.settings : SETTINGS;
          const before = current.type === 'stored' ? entities.agent : [];
          const agent = [...before, name];
          return { type: 'change', settings: { ...rest, entities: { ...entities, agent } } };
        }),
      ),
    );
    const stored = await redactionSettings.get(tenantId);
    if (stored.type !== 'stored') throw new Error('Nothing is stored');
    expect(stored.revision).toBe(12);
    expect(stored.settings.entities.agent.toSorted()).toEqual(names.toSorted());
  });

  it('shows a tenant nothing of another', async () => {
    const [mine, other] = [await newAccount(fixture), await newAccount(fixture)];
    await put(mine.tenantId, SETTINGS);
    expect(await fixture.storage.redactionSettings.get(other.tenantId)).toEqual({ type: 'none' });
  });

  it('says of a damaged row that it cannot be read, and lets a change put it right', async () => {
    const { tenantId } = await newAccount(fixture);
    const { redactionSettings } = fixture.storage;
    await put(tenantId, SETTINGS);
    await fixture.sql(`update redaction_settings set policy = '{"mode":"later"}' where tenant_id = $1`, [
      tenantId,
    ]);
    expect(await redactionSettings.get(tenantId)).toEqual({ type: 'unreadable', revision: 1 });
    expect(await put(tenantId, SETTINGS)).toMatchObject({ revision: 2, settings: SETTINGS });
  });

  it('refuses an unknown tenant', async () => {
    await expect(put('nobody', SETTINGS)).rejects.toMatchObject({ code: 'storage.missing-parent' });
  });
});

describe('readRedactionSettings', () => {
  it('reads what is written, and fields of a later release are left out', () => {
    expect(readRedactionSettings({ ...SETTINGS, later: 1 })).toEqual(SETTINGS);
  });

  it.each([
    null,
    7,
    'strict',
    [],
    {},
    { ...SETTINGS, mode: 'off' },
    { ...SETTINGS, mask: undefined },
    { ...SETTINGS, entities: ['PIN'] },
    { ...SETTINGS, entities: { customer: ['PIN'] } },
    { ...SETTINGS, entities: { customer: 'PIN', agent: [] } },
    { ...SETTINGS, entities: { customer: [1], agent: [] } },
    { ...SETTINGS, customRules: {} },
    { ...SETTINGS, customRules: [{ name: 'A' }] },
    { ...SETTINGS, customRules: ['A'] },
  ])('does not guess at %j', (given) => {
    expect(readRedactionSettings(given)).toBeUndefined();
  });
});
