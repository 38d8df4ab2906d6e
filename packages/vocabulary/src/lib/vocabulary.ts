import { findExact, indexHeard, indexPhrases, type Match } from './exact-matches.ts';
import { findBySound, indexSounds } from './sound-matches.ts';
import { splitWords, type Word } from './split-words.ts';

export interface VocabularyEntry {
  /** As it should be written. */
  readonly phrase: string;
  /** How it may be heard, in ordinary spelling; may be empty. */
  readonly soundsLike: readonly string[];
}

export interface Correction {
  /** UTF-16 offsets into the text that was given. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export interface CorrectedText {
  readonly text: string;
  /** In order of place; empty when the text is as it was. */
  readonly corrections: readonly Correction[];
}

export interface Vocabulary {
  /** The phrases in the order given, for engines that can be biased towards them. */
  readonly phrases: readonly string[];
  /** Correcting a corrected text changes nothing. Never throws. */
  correct(text: string): CorrectedText;
}

const ENGLISH = /^en(?:-|$)/i;

/**
 * Builds the indexes once, at the start of a call; an entry without a letter or digit is passed over. What a spelling
 * sounds like, and which words are common, is known for English only: in other languages (an IETF tag) a correction needs
 * the exact words of a phrase or a soundsLike.
 */
export function createVocabulary(entries: readonly VocabularyEntry[], language = 'en-US'): Vocabulary {
  const phrases = entries.map(({ phrase, soundsLike }) => {
    const words = splitWords(phrase);
    const heard = soundsLike.map((spelling) => ({ words: splitWords(spelling), phrase }));
    const isHeardSo = heard.some((spelling) => keysOf(spelling.words) === keysOf(words));
    return { words, phrase, isHeardSo, heard };
  });
  const heard = phrases.flatMap((spelling) => spelling.heard);
  const phraseIndex = indexPhrases(phrases);
  const heardIndex = indexHeard(heard);
  const soundIndex = indexSounds(ENGLISH.test(language) ? [...phrases, ...heard] : []);

  const correctOnce = (text: string): CorrectedText => {
    const words = splitWords(text);
    const taken = words.map(() => false);
    const matches = [
      ...findExact(phraseIndex, text, words, taken),
      ...findExact(heardIndex, text, words, taken),
      ...findBySound(soundIndex, text, words, taken),
    ];
    return applyMatches(text, words, matches);
  };

  return {
    phrases: entries.map(({ phrase }) => phrase),
    correct(text) {
      const once = correctOnce(text);
      if (once.corrections.length === 0) return once;
      // Entries that rewrite each other are evidence for none.
      const isStable = correctOnce(once.text).corrections.length === 0;
      return isStable ? once : { text, corrections: [] };
    },
  };
}

function keysOf(words: readonly Word[]): string {
  return words.map(({ key }) => key).join(' ');
}

function applyMatches(text: string, words: readonly Word[], matches: readonly Match[]): CorrectedText {
  const corrections: Correction[] = [];
  let corrected = '';
  let done = 0;
  for (const { first, last, phrase } of matches.toSorted((a, b) => a.first - b.first)) {
    const [from, to] = [words[first], words[last]];
    if (from === undefined || to === undefined || phrase === undefined) continue;
    const { start, end } = rangeOf(text, from, to, phrase);
    const replacement = inCaseOf(text.charAt(start), phrase);
    if (start < done || text.slice(start, end) === replacement) continue;
    corrections.push({ start, end, replacement });
    corrected += text.slice(done, start) + replacement;
    done = end;
  }
  return { text: corrected + text.slice(done), corrections };
}

/** Marks that belong to the phrase, as in "Yahoo!" and "McDonald's", are not written twice. */
function rangeOf(text: string, from: Word, to: Word, phrase: string): { start: number; end: number } {
  const own = splitWords(phrase);
  const last = own.at(-1);
  const lead = phrase.slice(0, own[0]?.start);
  const tail = phrase.slice(last?.fullEnd);
  const wordEnd = last?.isPossessive === true ? to.fullEnd : to.end;
  return {
    start: text.slice(0, from.start).endsWith(lead) ? from.start - lead.length : from.start,
    end: text.startsWith(tail, wordEnd) ? wordEnd + tail.length : wordEnd,
  };
}

/** A phrase without a capital takes over that of the sentence start; one with capitals of its own keeps them. */
function inCaseOf(heard: string, phrase: string): string {
  const isPlain = phrase === phrase.toLowerCase();
  return isPlain && heard !== heard.toLowerCase() ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : phrase;
}
