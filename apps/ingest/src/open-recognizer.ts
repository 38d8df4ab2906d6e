import { readFile } from 'node:fs/promises';
import { AppError } from '@earshot/domain';
import {
  createFallbackRecognizer,
  createRecognizer,
  type FallbackEvent,
  type RecognizerConfig,
  type SpeechRecognizer,
} from '@earshot/speech';
import type { EngineVariables, SecretSource } from './engine-variables.ts';

type LocalConfig = Extract<RecognizerConfig, { engine: 'moonshine' }>;

/** The chosen engine; one that runs elsewhere has the local one behind it. */
export async function openRecognizer(
  chosen: EngineVariables,
  local: LocalConfig,
  onFallback: (event: FallbackEvent) => void,
): Promise<SpeechRecognizer> {
  const config = await engineConfig(chosen, local);
  if (config.engine === 'moonshine' || config.engine === 'sherpa') return await createRecognizer(config);
  const [primary, fallback] = await Promise.all([createRecognizer(config), createRecognizer(local)]);
  return createFallbackRecognizer({ primary, fallback, onFallback });
}

async function engineConfig(chosen: EngineVariables, local: LocalConfig): Promise<RecognizerConfig> {
  const { decodesInFlightMax, queuedDecodesMax } = local;
  const limits = {
    ...(decodesInFlightMax === undefined ? {} : { decodesInFlightMax }),
    ...(queuedDecodesMax === undefined ? {} : { queuedDecodesMax }),
  };
  switch (chosen.engine) {
    case 'moonshine':
      return local;
    case 'sherpa':
      return { ...chosen, ...limits };
    case 'amazon-transcribe': {
      const { endpointUrl, vocabularyName, ...rest } = chosen;
      return {
        ...rest,
        ...limits,
        ...(endpointUrl === undefined ? {} : { endpointUrl }),
        ...(vocabularyName === undefined ? {} : { vocabularyName }),
      };
    }
    case 'deepgram': {
      const { apiKey, url, model, ...rest } = chosen;
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
