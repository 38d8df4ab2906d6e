import { describe, expect, it } from 'vitest';
import { newAccount, T0, useStorage } from '../../testing/fixture.ts';

const fixture = useStorage();

describe('SpeechSettingsStore', () => {
  it('answers what a tenant chose last, and nothing once it went back to the default', async () => {
    const { tenantId } = await newAccount(fixture);
    const { speechSettings } = fixture.storage;
    expect(await speechSettings.getEngine(tenantId)).toBeUndefined();
    for (const engine of ['deepgram', 'moonshine', undefined, 'sherpa']) {
      await speechSettings.setEngine({ tenantId, engine, atMs: T0 });
      expect(await speechSettings.getEngine(tenantId)).toBe(engine);
    }
  });

  it('keeps tenants apart, and knows no engine of a tenant that does not exist', async () => {
    const [one, other] = [await newAccount(fixture), await newAccount(fixture)];
    const { speechSettings } = fixture.storage;
    await speechSettings.setEngine({ tenantId: one.tenantId, engine: 'deepgram', atMs: T0 });
    expect(await speechSettings.getEngine(other.tenantId)).toBeUndefined();
    const orphan = speechSettings.setEngine({ tenantId: 'nobody', engine: 'deepgram', atMs: T0 });
    await expect(orphan).rejects.toMatchObject({ code: 'storage.missing-parent' });
  });
});
