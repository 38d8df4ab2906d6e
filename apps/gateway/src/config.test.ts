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
      engines: [{ engine: 'moonshine', languages: ['en-US'] }],
      requestsPerSecond: 100,
    });
  });

  it('reports every problem at once', () => {
    const env = {
      PORT: '70000',
      STOP_TIMEOUT_MS: '5 s',
      REDACTION_FORCED: 'maybe',
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

  it('offers the engines that ingest is given', () => {
    const env = { ...ENV, SPEECH_ENGINES: 'moonshine,deepgram', SPEECH_LANGUAGES: 'en-US, es-US' };
    expect(parseConfig(env).engines).toEqual([
      { engine: 'moonshine', languages: ['en-US'] },
      { engine: 'deepgram', languages: ['en-US', 'es-US'] },
    ]);
  });

  it('refuses two master keys', () => {
    expect(() => parseConfig({ ...ENV, EARSHOT_MASTER_KEY_FILE: '/run/key' })).toThrow('EARSHOT_MASTER_KEY');
  });
});
