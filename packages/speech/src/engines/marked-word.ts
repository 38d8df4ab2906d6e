import type { RecognizedWord } from '../lib/speech-recognizer.ts';

const markedWord = /^([¿¡"“«(]*)(.*?)([.,!?;:…"”»)]*)$/su;

/** A written word parted from its punctuation; marks alone are a word. Currency and percent signs belong to it. */
export function splitMarks(
  written: string,
): Pick<RecognizedWord, 'content' | 'punctuationBefore' | 'punctuationAfter'> {
  const [, before = '', content = '', after = ''] = markedWord.exec(written) ?? [];
  if (content === '') return { content: written };
  return {
    content,
    ...(before === '' ? {} : { punctuationBefore: before }),
    ...(after === '' ? {} : { punctuationAfter: after }),
  };
}
