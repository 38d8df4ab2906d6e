import { readFile } from 'node:fs/promises';
import type { EngineList, EngineVariables, SecretSource } from '@earshot/config';
import { AppError, type SpeechEngine } from '@earshot/domain';
import {
  createFallbackRecognizer,
  createLazyRecognizer,
  createRecognizer,
  createRoutedRecognizer,
  EngineSet,
  type FallbackEvent,
  type RecognizerConfig,
  type SpeechRecognizer,
} from '@earshot/speech';

type LocalConfig = Extract<RecognizerConfig, { engine: 'moonshine' }>;

export interface OpenEnginesOptions {
  /** The default first. */
  readonly variables: EngineList<EngineVariables>;
  readonly local: LocalConfig;
  /** Of the engine that failed. */
  readonly onFallback: (engine: SpeechEngine, event: FallbackEvent) => void;
  /** What all hear through, for example to be watched. */
  readonly wrap?: (recognizer: SpeechRecognizer) => SpeechRecognizer;
}

/** The engines of a process; the local one is part of them, whether calls may ask for it or not. */
export interface Engines {
  readonly defaultEngine: SpeechEngine;
  readonly offered: readonly SpeechEngine[];
  /** As `EngineSet.open`. */
  open(engine: SpeechEngine): Promise<SpeechRecognizer>;
  /** What stands behind all others. */
  openLocal(): Promise<SpeechRecognizer>;
  close(): Promise<void>;
}

/**
 * Engines as the configuration names them, one that runs elsewhere with the local one behind it; the local one for
 * what is left of English. Each is opened when it is first asked for.
 */
export function openEngines({ variables, local, onFallback, wrap = asItIs }: OpenEnginesOptions): Engines {
  const localSet = new EngineSet(new Map([['moonshine', () => createRecognizer(local)]]));
  const openLocal = async (): Promise<SpeechRecognizer> => borrowed(await localSet.open('moonshine'));
  const opener = (chosen: EngineVariables) => async (): Promise<SpeechRecognizer> => {
    if (chosen.engine === 'moonshine') return wrap(await openLocal());
    const surroundings = {
      openLocal,
      onFallback: (event: FallbackEvent): void => onFallback(chosen.engine, event),
    };
    return wrap(await openChosen(chosen, local, surroundings));
  };
  const set = new EngineSet(new Map(variables.map((chosen) => [chosen.engine, opener(chosen)])));
  return {
    defaultEngine: variables[0].engine,
    offered: set.offered,
    open: (engine) => set.open(engine),
    openLocal: async () => wrap(await openLocal()),
    close: async () => {
      await set.close();
      await localSet.close();
    },
  };
}

interface Surroundings {
  readonly openLocal: () => Promise<SpeechRecognizer>;
  readonly onFallback: (event: FallbackEvent) => void;
}

async function openChosen(
  chosen: Exclude<EngineVariables, { engine: 'moonshine' }>,
  local: LocalConfig,
  { openLocal, onFallback }: Surroundings,
): Promise<SpeechRecognizer> {
  const config = await engineConfig(chosen, local);
  // An engine of this machine that has opened seldom fails: the memory of another is not spent on it beforehand.
  const isHere = chosen.engine === 'sherpa' && !chosen.leavesEnglish;
  const [own, behind] = await Promise.all([
    createRecognizer(config),
    isHere ? createLazyRecognizer(LOCAL_CAPABILITIES, openLocal) : openLocal(),
  ]);
  const engine = createFallbackRecognizer({ primary: own, fallback: behind, onFallback });
  return chosen.leavesEnglish ? createRoutedRecognizer([engine, behind]) : engine;
}

const LOCAL_CAPABILITIES = { languages: ['en'], wordTimes: false, partials: 'whole' } as const;

function asItIs(recognizer: SpeechRecognizer): SpeechRecognizer {
  return recognizer;
}

/** Closed by the set it belongs to, not by those it stands behind. */
function borrowed(recognizer: SpeechRecognizer): SpeechRecognizer {
  const { capabilities } = recognizer;
  return { capabilities, recognize: (audio) => recognizer.recognize(audio), close: async () => undefined };
}

async function engineConfig(
  chosen: Exclude<EngineVariables, { engine: 'moonshine' }>,
  local: LocalConfig,
): Promise<RecognizerConfig> {
  const { decodesInFlightMax, queuedDecodesMax } = local;
  const limits = {
    ...(decodesInFlightMax === undefined ? {} : { decodesInFlightMax }),
    ...(queuedDecodesMax === undefined ? {} : { queuedDecodesMax }),
  };
  switch (chosen.engine) {
    case 'sherpa': {
      const { leavesEnglish: _, ...rest } = chosen;
      return { ...rest, ...limits };
    }
    case 'amazon-transcribe': {
      const { leavesEnglish: _, endpointUrl, vocabularyName, ...rest } = chosen;
      return {
        ...rest,
        ...limits,
        ...(endpointUrl === undefined ? {} : { endpointUrl }),
        ...(vocabularyName === undefined ? {} : { vocabularyName }),
      };
    }
    case 'deepgram': {
      const { leavesEnglish: _, apiKey, url, model, ...rest } = chosen;
      return {
        ...rest,
        ...limits,
        apiKey: await readSecret(apiKey),
        ...(url === undefined ? {} : { url }),
        ...(model === undefined ? {} : { model }),
      };
    }
  }
}

async function readSecret({ value, file }: SecretSource): Promise<string> {
  if (file === undefined) return value ?? '';
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new AppError('config.invalid', `Cannot read secret file ${file}`, { retryable: false, cause });
  }
}
