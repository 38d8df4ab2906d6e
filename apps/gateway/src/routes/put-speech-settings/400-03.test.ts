import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, SPEECH_SETTINGS, TWO_ENGINES } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

describe('PUT speech-settings 400-03', () => {
  it.each<{ given: unknown; want: string }>([
    { given: { engine: 'sherpa' }, want: 'must be "moonshine" or "deepgram" or null' },
    { given: {}, want: 'is required' },
    { given: { engine: 5 }, want: 'must be' },
    { given: { engine: '' }, want: 'must not be empty' },
  ])('refuses $given', async ({ given, want }) => {
    const { send, speechSettings } = await gatewayUnderTest({ scopes: ['admin'], engines: TWO_ENGINES });
    const problem = await readProblem(await send('PUT', SPEECH_SETTINGS, given));
    expect(problem).toMatchObject({ status: 400, code: '400-03', problems: [{ pointer: '/engine' }] });
    expect(JSON.stringify(problem)).toContain(JSON.stringify(want).slice(1, -1));
    expect(await speechSettings.getEngine('tenant-1')).toBeUndefined();
  });
});
