import { speechError } from '../lib/speech-error.ts';
import type { SpeechRecognizer, SpeechRecognizerCapabilities } from '../lib/speech-recognizer.ts';

/**
 * An engine that is opened when something is to be recognised for the first time; each failure to open it is that of
 * the utterance. Closes it where it was opened.
 */
export function createLazyRecognizer(
  capabilities: SpeechRecognizerCapabilities,
  open: () => Promise<SpeechRecognizer>,
): SpeechRecognizer {
  let opened: Promise<SpeechRecognizer> | undefined;
  let closed = false;
  const openOnce = async (): Promise<SpeechRecognizer> => {
    const opening = (opened ??= open());
    try {
      return await opening;
    } catch (error) {
      if (opened === opening) opened = undefined;
      throw error;
    }
  };
  return {
    capabilities,
    recognize: async (audio) => {
      audio.signal?.throwIfAborted();
      if (closed) throw speechError('speech.closed', 'Cannot decode: the recogniser is closed');
      return await (await openOnce()).recognize(audio);
    },
    close: async () => {
      closed = true;
      // One that did not open has nothing to close, and its failure was met by who asked for it.
      const recognizer = await opened?.catch(() => undefined);
      await recognizer?.close();
    },
  };
}
