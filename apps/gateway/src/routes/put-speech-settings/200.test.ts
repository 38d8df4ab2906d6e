import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, SPEECH_SETTINGS, TWO_ENGINES } from '../../testing/gateway-under-test.ts';

describe('PUT speech-settings 200', () => {
  it('keeps the choice of the tenant until it goes back to the default', async () => {
    const { send, get } = await gatewayUnderTest({ scopes: ['admin'], engines: TWO_ENGINES });
    const chosen = await send('PUT', SPEECH_SETTINGS, { engine: 'deepgram' });
    expect(chosen.status).toBe(200);
    expect(await chosen.json()).toMatchObject({ engine: 'deepgram', chosenBy: 'tenant' });
    expect(await (await get(SPEECH_SETTINGS)).json()).toMatchObject({ engine: 'deepgram' });
    await send('PUT', SPEECH_SETTINGS, { engine: null });
    expect(await (await get(SPEECH_SETTINGS)).json()).toMatchObject({
      engine: 'moonshine',
      chosenBy: 'deployment',
    });
  });
});
