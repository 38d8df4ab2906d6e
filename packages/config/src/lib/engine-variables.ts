import type { EnvReader } from './env-reader.ts';
import { readOfferedEngines, type EngineLanguages, type EngineList } from './offered-engines.ts';

/** A secret from the environment: exactly one of itself and its file. */
export interface SecretSource {
  readonly value: string | undefined;
  readonly file: string | undefined;
}

/** How an engine is reached. */
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

type OfferedEngine = ReturnType<typeof readOfferedEngines>[number];

/** The engines of `SPEECH_ENGINES` and what each needs, the default first; variables of others are not read. */
export function readEngineVariables(read: EnvReader, region: string): EngineList<EngineVariables> {
  const [first, ...others] = readOfferedEngines(read);
  return [variablesOf(read, first, region), ...others.map((offered) => variablesOf(read, offered, region))];
}

function variablesOf(read: EnvReader, { engine, heard }: OfferedEngine, region: string): EngineVariables {
  switch (engine) {
    case 'moonshine':
      return { engine };
    case 'sherpa':
      return { engine, ...heard, modelDirectory: read.string('SPEECH_MODEL_DIR') };
    case 'amazon-transcribe':
      return {
        engine,
        ...heard,
        region: read.string('TRANSCRIBE_REGION', { default: region }),
        endpointUrl: read.optionalUrl('TRANSCRIBE_ENDPOINT_URL', { protocols: ['http', 'https'] })?.href,
        vocabularyName: read.optionalString('TRANSCRIBE_VOCABULARY_NAME'),
        sessionsMax: readSessionsMax(read),
      };
    case 'deepgram':
      return {
        engine,
        ...heard,
        apiKey: readSecret(read, 'DEEPGRAM_API_KEY'),
        url: read.optionalUrl('DEEPGRAM_URL', { protocols: ['ws', 'wss'] })?.href,
        model: read.optionalString('DEEPGRAM_MODEL'),
        keyterms: read.list('DEEPGRAM_KEYTERMS'),
        sessionsMax: readSessionsMax(read),
      };
  }
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
