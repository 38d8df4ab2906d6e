import { SOUND_RULES, type SoundRule, type SoundWhere } from './sound-rules.ts';

/** What an English reader may say for a spelling, most likely first; both are the same where there is no doubt. */
export interface Respelling {
  readonly usual: string;
  readonly other: string;
}

const SPELLABLE = /^[a-z]+$/;
const VOWEL_LETTERS = 'aeiouy';

/**
 * Writes a word by its sounds, one character each: vowels `a e i o u`, consonants `P B T D 0 K G F V S Z X J C M N L R W
 * Y H` (`0` th, `X` sh, `C` ch). A letter that repeats the sound before it is silent. `undefined` for anything but a-z.
 */
export function respell(word: string): Respelling | undefined {
  if (!SPELLABLE.test(word)) return undefined;
  let usual = '';
  let other = '';
  for (let at = 0; at < word.length;) {
    const rule = findRule(word, at);
    usual = joinSounds(usual, rule?.sound ?? '');
    other = joinSounds(other, rule?.other ?? rule?.sound ?? '');
    at += rule?.letters.length ?? 1;
  }
  return { usual, other };
}

/** Two equal sounds that meet are one. */
export function joinSounds(before: string, after: string): string {
  return before !== '' && before.at(-1) === after[0] ? before + after.slice(1) : before + after;
}

function findRule(word: string, at: number): SoundRule | undefined {
  for (const rule of SOUND_RULES.get(word.charAt(at)) ?? []) {
    const { letters, where } = rule;
    if ((letters.length === 1 || word.startsWith(letters, at)) && fits(word, at, letters, where)) return rule;
  }
  return undefined;
}

function fits(word: string, at: number, letters: string, where: SoundWhere | undefined): boolean {
  const after = word.charAt(at + letters.length);
  switch (where) {
    case undefined:
      return true;
    case 'start':
      return at === 0;
    case 'end':
      return after === '' && at > 0;
    case 'silent-end':
      return isSilentEnd(word, at, letters);
    case 'before-front':
      return after === 'e' || after === 'i' || after === 'y';
    case 'before-vowel':
      return after !== '' && VOWEL_LETTERS.includes(after);
    case 'not-before-vowel':
      return after === '' || !VOWEL_LETTERS.includes(after);
  }
}

/** The e of "fuse" and "fuses", not that of "the" and "cafe au". */
function isSilentEnd(word: string, at: number, letters: string): boolean {
  if (at + letters.length !== word.length || VOWEL_LETTERS.includes(word.charAt(at - 1))) return false;
  for (let i = 0; i < at - 1; i += 1) if (VOWEL_LETTERS.includes(word.charAt(i))) return true;
  return false;
}
