import type { CustomVocabulary as VocabularyAnswer } from '@earshot/api';
import type { CustomVocabulary } from '@earshot/storage';

/** An entry as the API shows it. */
export function presentVocabulary({ id, phrase, soundsLike }: CustomVocabulary): VocabularyAnswer {
  return { id, phrase, soundsLike: [...soundsLike] };
}
