import type { Match } from './exact-matches.ts';
import { isCommon } from './is-common.ts';
import { joinSounds, respell, type Respelling } from './respell.ts';
import { beginAlike, skeletonOf, soundDistance } from './sound-distance.ts';
import type { Word } from './split-words.ts';

interface Target {
  readonly sounds: string;
  readonly phrase: string;
}

/** Targets by the skeleton of their sounds. */
export type SoundIndex = ReadonlyMap<string, readonly Target[]>;

interface Candidate {
  readonly first: number;
  readonly last: number;
  readonly phrase: string;
  readonly distance: number;
}

const WINDOW_WORDS_MAX = 4;
/** Shorter ones are too easily met by chance. */
const SOUNDS_MIN = 4;
const SKELETON_MIN = 2;
/** The distance allowed up to so many sounds; by trial on the tables of `vocabulary.test.ts`. */
const LIMITS = [
  { sounds: 4, distance: 0 },
  { sounds: 7, distance: 0.5 },
  { sounds: 10, distance: 1 },
  { sounds: 13, distance: 1.5 },
  { sounds: Infinity, distance: 2 },
] as const;
const GAP = /^(?:\s+|-)$/;

/** Spellings of common words only are left out: what sounds like them is most likely another common word. */
export function indexSounds(
  spellings: readonly { readonly words: readonly Word[]; readonly phrase: string }[],
): SoundIndex {
  const index = new Map<string, Target[]>();
  for (const { words, phrase } of spellings) {
    if (words.every(({ key }) => isCommon(key))) continue;
    const joined = joinAll(words.map(({ key }) => respell(key)));
    if (joined === undefined) continue;
    for (const sounds of new Set([joined.usual, joined.other])) {
      const skeleton = skeletonOf(sounds);
      if (sounds.length < SOUNDS_MIN || skeleton.length < SKELETON_MIN) continue;
      const others = index.get(skeleton);
      if (others === undefined) index.set(skeleton, [{ sounds, phrase }]);
      else others.push({ sounds, phrase });
    }
  }
  return index;
}

function joinAll(parts: readonly (Respelling | undefined)[]): Respelling | undefined {
  let joined: Respelling = { usual: '', other: '' };
  for (const part of parts) {
    if (part === undefined) return undefined;
    joined = join(joined, part);
  }
  return joined;
}

function join(before: Respelling, after: Respelling): Respelling {
  return {
    usual: joinSounds(before.usual, after.usual),
    other: joinSounds(before.other, after.other),
  };
}

/** The best matches that do not overlap, among the words nobody took yet. */
export function findBySound(
  index: SoundIndex,
  text: string,
  words: readonly Word[],
  taken: readonly boolean[],
): readonly Match[] {
  if (index.size === 0) return [];
  const common = words.map(({ key }) => isCommon(key));
  if (common.every((is, at) => is || taken[at] === true)) return [];
  const candidates = findCandidates(index, text, words, taken, common);
  const free = taken.map((is) => !is);
  const order = (a: Candidate, b: Candidate): number =>
    a.distance - b.distance || a.last - a.first - (b.last - b.first) || a.first - b.first;
  return candidates.toSorted(order).filter(({ first, last }) => {
    const isFree = free.slice(first, last + 1).every(Boolean);
    if (isFree) free.fill(false, first, last + 1);
    return isFree;
  });
}

/** Windows of 1 to 4 words with at least one that is not common. */
function findCandidates(
  index: SoundIndex,
  text: string,
  words: readonly Word[],
  taken: readonly boolean[],
  common: readonly boolean[],
): readonly Candidate[] {
  const sounds = words.map(({ key }, at) => (taken[at] === true ? undefined : respell(key)));
  const candidates: Candidate[] = [];
  for (let first = 0; first < words.length; first += 1) {
    let heard: Respelling = { usual: '', other: '' };
    let isOrdinary = true;
    for (let last = first; last < first + WINDOW_WORDS_MAX; last += 1) {
      const part = sounds[last];
      if (part === undefined || (last > first && !isGap(text, words[last - 1], words[last]))) break;
      heard = join(heard, part);
      isOrdinary = isOrdinary && common[last] === true;
      const best = isOrdinary ? undefined : bestTarget(index, heard);
      if (best !== undefined) candidates.push({ first, last, ...best });
    }
  }
  return candidates;
}

function isGap(text: string, before: Word | undefined, after: Word | undefined): boolean {
  return before !== undefined && after !== undefined && GAP.test(text.slice(before.end, after.start));
}

/** `undefined` also when two phrases are equally near: that is no evidence for either. */
function bestTarget(
  index: SoundIndex,
  { usual, other }: Respelling,
): { readonly phrase: string; readonly distance: number } | undefined {
  let best: { phrase: string; distance: number } | undefined;
  let isTied = false;
  for (const heard of usual === other ? [usual] : [usual, other]) {
    for (const { sounds, phrase } of index.get(skeletonOf(heard)) ?? []) {
      if (!beginAlike(heard, sounds)) continue;
      const distance = soundDistance(heard, sounds, limitFor(Math.max(heard.length, sounds.length)));
      if (distance === Infinity || (best !== undefined && distance > best.distance)) continue;
      isTied = best !== undefined && distance === best.distance && (isTied || phrase !== best.phrase);
      best = { phrase, distance };
    }
  }
  return isTied ? undefined : best;
}

function limitFor(soundCount: number): number {
  return LIMITS.find(({ sounds }) => soundCount <= sounds)?.distance ?? 0;
}
