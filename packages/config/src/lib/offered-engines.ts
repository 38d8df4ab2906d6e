import { speechEngines, type SpeechEngine } from '@earshot/domain';
import type { EnvReader } from './env-reader.ts';

/** What languages an engine hears, and whether Moonshine hears those of the calls' that it does not. */
export interface EngineLanguages {
  readonly languages: readonly string[];
  readonly leavesEnglish: boolean;
}

/** An engine that calls may ask for. */
export interface EngineOffer {
  readonly engine: SpeechEngine;
  /** The tags calls may ask of it, as the deployment spells them. */
  readonly languages: readonly [string, ...string[]];
}

/** Engines of a deployment, the default one first. */
export type EngineList<T> = readonly [T, ...T[]];

interface OfferedEngine extends EngineOffer {
  readonly heard: EngineLanguages;
}

const LANGUAGES_DEFAULT = ['en-US'] as const;
/** The shape the contract takes for a language: a tag it could not ask for would never be used. */
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;
const ENGINES = ['moonshine', 'sherpa', 'amazon-transcribe', 'deepgram'] as const satisfies readonly [
  SpeechEngine,
  ...SpeechEngine[],
];
const LANGUAGE_VARIABLES: Readonly<Record<Exclude<SpeechEngine, 'moonshine'>, string>> = {
  sherpa: 'SHERPA_LANGUAGES',
  'amazon-transcribe': 'TRANSCRIBE_LANGUAGES',
  deepgram: 'DEEPGRAM_LANGUAGES',
};

/**
 * `SPEECH_ENGINES` (commas; only the default one), `SPEECH_ENGINE` (the default one; the first, else moonshine) and
 * the languages: calls may ask for `SPEECH_LANGUAGES` (en-US), and each engine hears its own `..._LANGUAGES`, else
 * `SPEECH_ENGINE_LANGUAGES`, else all of them; Moonshine hears the English that is left.
 */
export function readOfferedEngines(read: EnvReader): EngineList<OfferedEngine> {
  const asked = readLanguages(read);
  const [first, ...others] = readNames(read);
  const offered: EngineList<OfferedEngine> = [
    offerOf(read, first, asked),
    ...others.map((engine) => offerOf(read, engine, asked)),
  ];
  if (asked.some((tag) => !offered.some(({ languages }) => languages.includes(tag)))) {
    const accepted =
      others.length === 0 && first === 'moonshine'
        ? 'English only, unless SPEECH_ENGINES names another engine than moonshine'
        : `English or languages that ${[first, ...others].join(' or ')} hears`;
    read.reject('SPEECH_LANGUAGES', accepted);
  }
  return offered;
}

/** What calls may ask for; nothing of how the engines are reached. */
export function readEngineOffers(read: EnvReader): EngineList<EngineOffer> {
  const [first, ...others] = readOfferedEngines(read);
  return [toOffer(first), ...others.map(toOffer)];
}

function toOffer({ engine, languages }: OfferedEngine): EngineOffer {
  return { engine, languages };
}

function readNames(read: EnvReader): EngineList<SpeechEngine> {
  const listed = [...new Set(read.list('SPEECH_ENGINES'))];
  const known = listed.flatMap((name) => ENGINES.find((engine) => engine === name) ?? []);
  const accepted = `one or more of ${Object.keys(speechEngines).join(', ')}, separated by commas`;
  if (known.length < listed.length) read.reject('SPEECH_ENGINES', accepted);
  const chosen = read.oneOf('SPEECH_ENGINE', ENGINES, known[0] ?? 'moonshine');
  if (listed.length > 0 && !known.includes(chosen)) {
    read.reject('SPEECH_ENGINE', 'one of those that SPEECH_ENGINES names');
  }
  return [chosen, ...known.filter((engine) => engine !== chosen)];
}

function readLanguages(read: EnvReader): EngineList<string> {
  const [first = '', ...rest] = read.list('SPEECH_LANGUAGES', { default: LANGUAGES_DEFAULT });
  const tags = [first, ...rest] as const;
  if (tags.every((tag) => LANGUAGE_TAG.test(tag))) return tags;
  read.reject('SPEECH_LANGUAGES', 'IETF language tags such as en-US,es-US, separated by commas');
  return LANGUAGES_DEFAULT;
}

function offerOf(read: EnvReader, engine: SpeechEngine, asked: readonly string[]): OfferedEngine {
  const own = engine === 'moonshine' ? [] : readOwnLanguages(read, engine, asked);
  const isHeard = (tag: string): boolean => own.some((each) => languageOf(each) === languageOf(tag));
  const left = asked.filter((tag) => !isHeard(tag) && languageOf(tag) === 'en');
  const [first, ...rest] = asked.filter((tag) => isHeard(tag) || left.includes(tag));
  if (first === undefined) read.reject('SPEECH_LANGUAGES', `at least one language that ${engine} hears`);
  return {
    engine,
    languages: [first ?? LANGUAGES_DEFAULT[0], ...rest],
    heard: { languages: own, leavesEnglish: left.length > 0 },
  };
}

function readOwnLanguages(
  read: EnvReader,
  engine: Exclude<SpeechEngine, 'moonshine'>,
  asked: readonly string[],
): readonly string[] {
  const shared = read.list('SPEECH_ENGINE_LANGUAGES', { default: asked });
  return read.list(LANGUAGE_VARIABLES[engine], { default: shared });
}

function languageOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
