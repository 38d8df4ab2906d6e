import { describe, expect, it } from 'vitest';
import { readEngineOffers, type EngineOffer } from './offered-engines.ts';
import { readEnv, type Env } from './read-env.ts';

function offersOf(env: Env): readonly EngineOffer[] {
  return readEnv(env, readEngineOffers);
}

describe('readEngineOffers', () => {
  it.each<{ given: Env; want: readonly EngineOffer[] }>([
    { given: {}, want: [{ engine: 'moonshine', languages: ['en-US'] }] },
    {
      given: { SPEECH_ENGINE: 'deepgram', SPEECH_LANGUAGES: 'en-US, es-US' },
      want: [{ engine: 'deepgram', languages: ['en-US', 'es-US'] }],
    },
    {
      given: { SPEECH_ENGINES: 'moonshine,deepgram', SPEECH_LANGUAGES: 'en-US,es-US' },
      want: [
        { engine: 'moonshine', languages: ['en-US'] },
        { engine: 'deepgram', languages: ['en-US', 'es-US'] },
      ],
    },
    {
      given: {
        SPEECH_ENGINES: 'moonshine,deepgram,sherpa,deepgram',
        SPEECH_ENGINE: 'deepgram',
        SPEECH_LANGUAGES: 'en-US,en-GB,es-US,de-DE',
        SHERPA_LANGUAGES: 'de',
        DEEPGRAM_LANGUAGES: 'es',
      },
      want: [
        { engine: 'deepgram', languages: ['en-US', 'en-GB', 'es-US'] },
        { engine: 'moonshine', languages: ['en-US', 'en-GB'] },
        { engine: 'sherpa', languages: ['en-US', 'en-GB', 'de-DE'] },
      ],
    },
  ])('offers what $given says', ({ given, want }) => {
    expect(offersOf(given)).toEqual(want);
  });

  it.each<{ given: Env; names: string }>([
    { given: { SPEECH_ENGINES: 'moonshine,scripted' }, names: 'SPEECH_ENGINES' },
    { given: { SPEECH_ENGINES: 'scripted' }, names: 'SPEECH_ENGINES' },
    { given: { SPEECH_ENGINES: 'moonshine', SPEECH_ENGINE: 'deepgram' }, names: 'SPEECH_ENGINE:' },
    { given: { SPEECH_LANGUAGES: 'en-US,es-US' }, names: 'English only' },
    {
      given: { SPEECH_ENGINES: 'deepgram,moonshine', SPEECH_LANGUAGES: 'es' },
      names: 'that moonshine hears',
    },
    { given: { SPEECH_LANGUAGES: ',' }, names: 'SPEECH_LANGUAGES' },
    { given: { SPEECH_LANGUAGES: 'en_US' }, names: 'SPEECH_LANGUAGES' },
    { given: { SPEECH_LANGUAGES: 'en-US,*' }, names: 'SPEECH_LANGUAGES' },
  ])('refuses $given', ({ given, names }) => {
    expect(() => offersOf(given)).toThrow(names);
  });
});
