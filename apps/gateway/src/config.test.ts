import { describe, expect, it } from 'vitest';
import { parseConfig } from './config.ts';

const ENV = { DATABASE_URL: 'postgres://localhost/earshot', EARSHOT_MASTER_KEY: 'k' };

describe('parseConfig', () => {
  it('needs the database and the master key only', () => {
    expect(parseConfig(ENV)).toMatchObject({
      redisUrl: undefined,
      host: '127.0.0.1',
      port: 0,
      logLevel: 'info',
      stopTimeoutMs: 5000,
      forceRedaction: false,
      languages: ['en-US'],
      requestsPerSecond: 100,
    });
  });

  it('reports every problem at once', () => {
    const env = {
      PORT: '70000',
      STOP_TIMEOUT_MS: '5 s',
      FORCE_REDACTION: 'maybe',
      EARSHOT_EGRESS_ALLOW: '127/8',
      SPEECH_LANGUAGES: 'en-US,Spanish (US)',
    };
    const names = ['DATABASE_URL', 'EARSHOT_MASTER_KEY', ...Object.keys(env)];
    let message = '';
    try {
      parseConfig(env);
    } catch (error) {
      message = String(error);
    }
    expect(names.filter((name) => !message.includes(name))).toEqual([]);
  });

  it('takes the languages of another engine', () => {
    expect(
      parseConfig({ ...ENV, SPEECH_ENGINE: 'deepgram', SPEECH_LANGUAGES: 'en-US, es-US' }),
    ).toMatchObject({
      languages: ['en-US', 'es-US'],
    });
  });

  it.each([{}, { SPEECH_ENGINE: 'moonshine' }])('promises nothing but English with %j', (env) => {
    expect(parseConfig({ ...ENV, ...env, SPEECH_LANGUAGES: 'en-US,en-GB' }).languages).toHaveLength(2);
    expect(() => parseConfig({ ...ENV, ...env, SPEECH_LANGUAGES: 'en-US,es-US' })).toThrow('English only');
  });

  it.each([',', 'en_US', 'en-US,*'])('refuses %j as languages', (given) => {
    expect(() => parseConfig({ ...ENV, SPEECH_LANGUAGES: given })).toThrow('SPEECH_LANGUAGES');
  });

  it('refuses two master keys', () => {
    expect(() => parseConfig({ ...ENV, EARSHOT_MASTER_KEY_FILE: '/run/key' })).toThrow('EARSHOT_MASTER_KEY');
  });
});
