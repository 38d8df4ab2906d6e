import { speechEngines } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { readEngineVariables, type EngineVariables } from './engine-variables.ts';
import { readEnv, type Env } from './read-env.ts';

function enginesOf(env: Env): readonly EngineVariables[] {
  return readEnv(env, (read) => readEngineVariables(read, 'eu-central-1'));
}

describe('readEngineVariables', () => {
  it.each<{ given: Env; want: EngineVariables }>([
    { given: {}, want: { engine: 'moonshine' } },
    { given: { SPEECH_ENGINE: 'moonshine', DEEPGRAM_URL: 'no url' }, want: { engine: 'moonshine' } },
    {
      given: { SPEECH_ENGINE: 'sherpa', SPEECH_MODEL_DIR: '/models/parakeet', SPEECH_LANGUAGES: 'en, es' },
      want: {
        engine: 'sherpa',
        modelDirectory: '/models/parakeet',
        languages: ['en', 'es'],
        leavesEnglish: false,
      },
    },
    {
      given: {
        SPEECH_ENGINE: 'sherpa',
        SPEECH_MODEL_DIR: '/models/whisper-es',
        SPEECH_LANGUAGES: 'en-US, es-US',
        SPEECH_ENGINE_LANGUAGES: 'es',
      },
      want: {
        engine: 'sherpa',
        modelDirectory: '/models/whisper-es',
        languages: ['es'],
        leavesEnglish: true,
      },
    },
    {
      given: { SPEECH_ENGINE: 'amazon-transcribe' },
      want: {
        engine: 'amazon-transcribe',
        region: 'eu-central-1',
        endpointUrl: undefined,
        languages: ['en-US'],
        leavesEnglish: false,
        vocabularyName: undefined,
        sessionsMax: 25,
      },
    },
    {
      given: {
        SPEECH_ENGINE: 'deepgram',
        DEEPGRAM_API_KEY_FILE: '/run/key',
        DEEPGRAM_KEYTERMS: 'copay, Zyrtec',
      },
      want: {
        engine: 'deepgram',
        apiKey: { value: undefined, file: '/run/key' },
        url: undefined,
        model: undefined,
        languages: ['en-US'],
        leavesEnglish: false,
        keyterms: ['copay', 'Zyrtec'],
        sessionsMax: 25,
      },
    },
  ])('reads $given', ({ given, want }) => {
    expect(enginesOf(given)).toEqual([want]);
  });

  it.each<{ given: Env; names: string }>([
    { given: { SPEECH_ENGINE: 'scripted' }, names: 'SPEECH_ENGINE' },
    { given: { SPEECH_ENGINE: 'sherpa' }, names: 'SPEECH_MODEL_DIR' },
    { given: { SPEECH_LANGUAGES: 'en-US,es-US' }, names: 'SPEECH_LANGUAGES' },
    {
      given: { SPEECH_ENGINE: 'deepgram', SPEECH_LANGUAGES: 'es,fr', SPEECH_ENGINE_LANGUAGES: 'es' },
      names: 'SPEECH_LANGUAGES',
    },
    { given: { SPEECH_ENGINE: 'deepgram' }, names: 'DEEPGRAM_API_KEY' },
    {
      given: { SPEECH_ENGINE: 'deepgram', DEEPGRAM_API_KEY: 'canary', DEEPGRAM_API_KEY_FILE: '/run/key' },
      names: 'DEEPGRAM_API_KEY',
    },
    { given: { SPEECH_ENGINE: 'amazon-transcribe', SPEECH_SESSIONS_MAX: '0' }, names: 'SPEECH_SESSIONS_MAX' },
  ])('refuses $given', ({ given, names }) => {
    expect(() => enginesOf(given)).toThrow(names);
    expect(() => enginesOf(given)).not.toThrow('canary');
  });

  it('reads what every engine on the list needs, the default first', () => {
    const env = {
      SPEECH_ENGINES: 'moonshine, deepgram, amazon-transcribe',
      SPEECH_ENGINE: 'deepgram',
      SPEECH_LANGUAGES: 'en-US,es-US,fr',
      SPEECH_ENGINE_LANGUAGES: 'en-US,es-US',
      DEEPGRAM_LANGUAGES: 'fr',
      DEEPGRAM_API_KEY: 'key',
    };
    expect(enginesOf(env)).toMatchObject([
      { engine: 'deepgram', languages: ['fr'], leavesEnglish: true },
      { engine: 'moonshine' },
      { engine: 'amazon-transcribe', languages: ['en-US', 'es-US'], leavesEnglish: false },
    ]);
  });

  it('knows every engine there is', () => {
    for (const name of Object.keys(speechEngines)) {
      expect(() => enginesOf({ SPEECH_ENGINE: name })).not.toThrow('expected one of');
    }
  });
});
