import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { offeredLanguage, primaryLanguages } from './spoken-language.ts';

/**
 * Several engines as one: each utterance goes to the first that speaks its language. Its languages are all of
 * theirs; word times come with the engines that have them. Closes all.
 */
export function createRoutedRecognizer(recognizers: readonly SpeechRecognizer[]): SpeechRecognizer {
  const languages = primaryLanguages(recognizers.flatMap(({ capabilities }) => capabilities.languages));
  return {
    capabilities: {
      languages,
      wordTimes: recognizers.some(({ capabilities }) => capabilities.wordTimes),
      partials:
        recognizers.find(({ capabilities }) => capabilities.partials !== 'none')?.capabilities.partials ??
        'none',
    },
    recognize: async (audio) => {
      const language = offeredLanguage(languages, audio.language);
      const speaking = recognizers.find(({ capabilities }) => capabilities.languages.includes(language));
      if (speaking === undefined)
        throw new Error(`Cannot route ${language}: no engine, although one offered it`);
      return await speaking.recognize(audio);
    },
    close: async () => {
      await Promise.all(recognizers.map((each) => each.close()));
    },
  };
}
