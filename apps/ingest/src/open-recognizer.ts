import { readFile } from 'node:fs/promises';
import { AppError } from '@earshot/domain';
import {
  createFallbackRecognizer,
  createRecognizer,
  createRoutedRecognizer,
  type FallbackEvent,
  type RecognizerConfig,
  type SpeechRecognizer,
} from '@earshot/speech';
import type { EngineVariables, SecretSource } from './engine-variables.ts';

type LocalConfig = Extract<RecognizerConfig, { engine: 'moonshine' }>;

/** The chosen engine, one that runs elsewhere with the local one behind it; the local one for what is left of English. */
export async function openRecognizer(
  chosen: EngineVariables,
  local: LocalConfig,
  onFallback: (event: FallbackEvent) => void,
): Promise<SpeechRecognizer> {
  if (chosen.engine === 'moonshine') return await createRecognizer(local);
  const config = await engineConfig(chosen, local);
  if (chosen.engine === 'sherpa' && !chosen.leavesEnglish) return await createRecognizer(config);
  const [own, moonshine] = await Promise.all([createRecognizer(config), createRecognizer(local)]);
  const engine =
    chosen.engine === 'sherpa'
      ? own
      : createFallbackRecognizer({ primary: own, fallback: moonshine, onFallback });
  return chosen.leavesEnglish ? createRoutedRecognizer([engine, moonshine]) : engine;
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
