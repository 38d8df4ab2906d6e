import { createHash } from 'node:crypto';

const CONSONANTS = 'bdfgjklmnprstvwz';
const VOWELS = 'aiou';
const SYLLABLE_BITS = 6;
const WORD_SYLLABLES = 3;
const WORD_BITS = SYLLABLE_BITS * WORD_SYLLABLES;
const HASH_WORDS = 4;
const HASH_BITS_READ = 32;

/**
 * Five words that stand for exactly this audio: four of its SHA-256 (72 bits) and one of its length in samples
 * (up to 262143, 32 s). Letters only and never a number word, written as a sentence, so that redaction and formatting leave
 * them as they are.
 */
export function fingerprint(pcm: Int16Array): string {
  const hash = createHash('sha256')
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest();
  const words = Array.from({ length: HASH_WORDS }, (_, index) =>
    word(hash.readUInt32BE(index * (HASH_BITS_READ / 8)) >>> (HASH_BITS_READ - WORD_BITS)),
  );
  const sentence = [...words, word(pcm.length)].join(' ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** The lowest 18 bits as three syllables. */
function word(bits: number): string {
  let text = '';
  for (let shift = WORD_BITS - SYLLABLE_BITS; shift >= 0; shift -= SYLLABLE_BITS) {
    const syllable = bits >>> shift;
    text += CONSONANTS.charAt((syllable >>> 2) & 15) + VOWELS.charAt(syllable & 3);
  }
  return text;
}
