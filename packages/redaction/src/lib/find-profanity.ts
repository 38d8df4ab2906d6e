import type { Turn } from './read-turn.ts';

/** Data: extend here. Stems: a word that begins with one of the second list is one. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'shit shits shitty bullshit horseshit dipshit ass asses asshole assholes arse arsehole bastard bastards bitch bitches bitching ' +
    'damn damned dammit goddamn goddamned goddammit crap crappy piss pissed cunt cunts dick dicks dickhead cock cocks prick ' +
    'slut sluts whore whores wanker wankers bollocks bloody twat jackass dumbass douche douchebag hell fag faggot retard retarded'
  ).split(' '),
);
const STEM = /^(?:mother)?f+u+c+k/;

export function findProfanity({ tokens }: Turn): { first: number; last: number }[] {
  return tokens.flatMap(({ kind, text }, at) =>
    kind === 'word' && (WORDS.has(text) || STEM.test(text)) ? [{ first: at, last: at }] : [],
  );
}
