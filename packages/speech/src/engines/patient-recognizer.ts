import { speechError } from '../lib/speech-error.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';

/**
 * Asks an engine for no speculation before its `promotion`: where every decode is paid for, and heard in the context
 * of the one before, what is given up has cost money and confuses.
 */
export function createPatientRecognizer(recognizer: SpeechRecognizer): SpeechRecognizer {
  const closing = new AbortController();
  return {
    capabilities: recognizer.capabilities,
    recognize: async (audio) => {
      const { promotion, ...rest } = audio;
      if (audio.priority !== 'speculative' || promotion === undefined)
        return await recognizer.recognize(audio);
      const signals = audio.signal === undefined ? [] : [audio.signal];
      await promoted(promotion, AbortSignal.any([...signals, closing.signal]));
      return await recognizer.recognize({ ...rest, priority: 'final' });
    },
    close: async () => {
      closing.abort(speechError('speech.closed', 'Cannot decode: the recogniser is closed'));
      await recognizer.close();
    },
  };
}

async function promoted(promotion: AbortSignal, givenUp: AbortSignal): Promise<void> {
  givenUp.throwIfAborted();
  if (promotion.aborted) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const goOn = (): void => resolve();
  const giveUp = (): void => reject(givenUp.reason);
  promotion.addEventListener('abort', goOn, { once: true });
  givenUp.addEventListener('abort', giveUp, { once: true });
  try {
    await promise;
  } finally {
    promotion.removeEventListener('abort', goOn);
    givenUp.removeEventListener('abort', giveUp);
  }
}
