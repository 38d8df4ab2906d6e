import { AppError, isCodedError, type CallSettings } from '@earshot/domain';
import { isSpeechError, type SpeechRecognizer } from '@earshot/speech';
import type { Logger } from '@earshot/telemetry';
import type { Engines } from './open-engines.ts';

export interface CallEngineDeps {
  readonly engines: Pick<Engines, 'defaultEngine' | 'open' | 'openLocal'>;
  /** Of the session. */
  readonly logger: Logger;
}

/**
 * What hears a call: the engine of its settings. Where this process cannot open it, or does not offer it, the local
 * one, every text of which says so. Throws `speech.engine-not-opened` where the local one lacks the language.
 */
export async function openCallEngine(
  { engines, logger }: CallEngineDeps,
  settings: Pick<CallSettings, 'engine' | 'language'>,
): Promise<SpeechRecognizer> {
  const engine = settings.engine ?? engines.defaultEngine;
  try {
    return await engines.open(engine);
  } catch (error) {
    if (isSpeechError(error, 'speech.closed')) throw error;
    logger.error('speech.engine-not-opened', { engine, error });
    const local = await engines.openLocal();
    const spoken = settings.language.split('-')[0]?.toLowerCase() ?? '';
    if (!local.capabilities.languages.includes(spoken)) throw notOpened(engine, error);
    return standIn(local, isCodedError(error) ? error.code : 'speech.model-load-failed');
  }
}

function notOpened(engine: string, cause: unknown): AppError {
  const retryable = isCodedError(cause) && cause.retryable;
  return new AppError('speech.engine-not-opened', `Cannot open speech engine ${engine}`, {
    retryable,
    cause,
  });
}

function standIn(local: SpeechRecognizer, fallbackReason: string): SpeechRecognizer {
  return {
    ...local,
    recognize: async (audio) => ({
      ...(await local.recognize(audio)),
      degraded: 'fallback-engine',
      fallbackReason,
    }),
  };
}
