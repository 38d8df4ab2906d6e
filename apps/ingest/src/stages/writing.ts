import { formatTranscript, type FormattedTranscript } from '@earshot/formatting';

/** Other languages keep their numbers and capitals as heard. */
const LANGUAGE_OF_NUMBERS = 'en';

/**
 * Writes what was heard as people write it; masks stay as they are.
 *
 * @param language BCP 47 tag
 */
export function writerOf(language: string): (text: string) => FormattedTranscript {
  const isEnglish = language.split('-')[0]?.toLowerCase() === LANGUAGE_OF_NUMBERS;
  return (text) => formatTranscript(text, { numbers: isEnglish, casing: isEnglish });
}
