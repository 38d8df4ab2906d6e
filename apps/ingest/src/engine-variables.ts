import type { EnvReader } from '@earshot/config';
import type { SpeechEngine } from '@earshot/speech';

/** A secret from the environment: exactly one of itself and its file. */
export interface SecretSource {
  readonly value: string | undefined;
  readonly file: string | undefined;
}

/** What languages an engine hears, and whether Moonshine hears those of the calls' that it does not. */
interface EngineLanguages {
  readonly languages: readonly string[];
  readonly leavesEnglish: boolean;
}

export type EngineVariables =
  | { readonly engine: 'moonshine' }
  | (EngineLanguages & {
      readonly engine: 'sherpa';
      readonly modelDirectory: string;
    })
  | (EngineLanguages & {
      readonly engine: 'amazon-transcribe';
      readonly region: string;
      readonly endpointUrl: string | undefined;
      readonly vocabularyName: string | undefined;
      readonly sessionsMax: number;
    })
  | (EngineLanguages & {
      readonly engine: 'deepgram';
      readonly apiKey: SecretSource;
      readonly url: string | undefined;
      readonly model: string | undefined;
      readonly keyterms: readonly string[];
      readonly sessionsMax: number;
    });

const ENGINES = [
  'moonshine',
  'sherpa',
  'amazon-transcribe',
  'deepgram',
] as const satisfies readonly SpeechEngine[];

/** `SPEECH_ENGINE` (moonshine) and what that engine needs; variables of the others are not read. */
export function readEngineVariables(read: EnvReader, region: string): EngineVariables {
  const engine = read.oneOf('SPEECH_ENGINE', ENGINES, 'moonshine');
  const languages = readLanguages(read, engine);
  switch (engine) {
    case 'moonshine':
      return { engine };
    case 'sherpa':
      return { engine, ...languages, modelDirectory: read.string('SPEECH_MODEL_DIR') };
    case 'amazon-transcribe':
      return {
        engine,
        ...languages,
        region: read.string('TRANSCRIBE_REGION', { default: region }),
        endpointUrl: read.optionalUrl('TRANSCRIBE_ENDPOINT_URL', { protocols: ['http', 'https'] })?.href,
        vocabularyName: read.optionalString('TRANSCRIBE_VOCABULARY_NAME'),
        sessionsMax: readSessionsMax(read),
      };
    case 'deepgram':
      return {
        engine,
        ...languages,
        apiKey: readSecret(read, 'DEEPGRAM_API_KEY'),
        url: read.optionalUrl('DEEPGRAM_URL', { protocols: ['ws', 'wss'] })?.href,
        model: read.optionalString('DEEPGRAM_MODEL'),
        keyterms: read.list('DEEPGRAM_KEYTERMS'),
        sessionsMax: readSessionsMax(read),
      };
  }
}

/** Calls may ask for `SPEECH_LANGUAGES`; the engine hears `SPEECH_ENGINE_LANGUAGES` of them, Moonshine the rest. */
function readLanguages(read: EnvReader, engine: SpeechEngine): EngineLanguages {
  const asked = read.list('SPEECH_LANGUAGES', { default: ['en-US'] });
  const languages = engine === 'moonshine' ? [] : read.list('SPEECH_ENGINE_LANGUAGES', { default: asked });
  const left = asked.filter((tag) => !languages.some((each) => languageOf(each) === languageOf(tag)));
  if (left.some((tag) => languageOf(tag) !== 'en')) {
    const accepted = engine === 'moonshine' ? 'only English' : `English or languages that ${engine} hears`;
    read.reject('SPEECH_LANGUAGES', accepted);
  }
  return { languages, leavesEnglish: left.length > 0 };
}

function languageOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}

function readSessionsMax(read: EnvReader): number {
  return read.integer('SPEECH_SESSIONS_MAX', { default: 25, min: 1, max: 10_000 });
}

function readSecret(read: EnvReader, name: string): SecretSource {
  const value = read.optionalString(name);
  const file = read.optionalString(`${name}_FILE`);
  if ((value === undefined) === (file === undefined)) {
    read.reject(name, `exactly one of it and ${name}_FILE to be set`);
  }
  return { value, file };
}
