import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, SPEECH_SETTINGS, TWO_ENGINES } from '../../testing/gateway-under-test.ts';

describe('GET speech-settings 200', () => {
  it('shows the default of the deployment and what each engine can do', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['admin'], engines: TWO_ENGINES });
    const response = await get(SPEECH_SETTINGS);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      engine: 'moonshine',
      chosenBy: 'deployment',
      engines: [
        { engine: 'moonshine', languages: ['en-US'], runs: 'here', metered: false, partials: 'whole' },
        { engine: 'deepgram', languages: ['en-US', 'es-US'], runs: 'elsewhere', metered: true },
      ],
    });
  });

  it('shows the default where the engine a tenant chose is no longer offered', async () => {
    const { get, speechSettings } = await gatewayUnderTest({ scopes: ['admin'] });
    await speechSettings.setEngine({ tenantId: 'tenant-1', engine: 'deepgram', atMs: 0 });
    const settings = await (await get(SPEECH_SETTINGS)).json();
    expect(settings).toMatchObject({ engine: 'moonshine', chosenBy: 'deployment' });
  });
});
