import { cardinal } from './number-names.ts';
import type { Random } from './random.ts';

/** Numbers as a recogniser writes them that leaves words alone, or as one that writes figures and punctuation. */
export type Style = 'words' | 'digits';

/** A value as said once: pieces between which it may be cut, and what joins them. */
export interface Said {
  readonly pieces: readonly string[];
  readonly separator: string;
}

const SPOKEN_MANNERS = ['singles', 'singles', 'singles', 'doubles', 'doubles', 'pairs', 'pairs'] as const;
const WRITTEN_MANNERS = ['whole', 'whole', 'whole', 'spaced', 'commas', 'mixed'] as const;
const FILLED_GROUPS = 0.12;

/** How one speaker says one number, group by group. */
export function sayGroups(groups: readonly string[], style: Style, random: Random): Said {
  if (style === 'words') return { pieces: spokenGroups(groups, random), separator: ' ' };
  const manner = random.pick(WRITTEN_MANNERS);
  const separator = {
    whole: random.pick([' ', ' ', '-', ', ', '']),
    spaced: ' ',
    mixed: ' ',
    commas: ', ',
  }[manner];
  return { pieces: groups.map((group) => writeGroup(group, manner, random)), separator };
}

function spokenGroups(groups: readonly string[], random: Random): string[] {
  const manner = random.pick(SPOKEN_MANNERS);
  const zero = random.pick(['oh', 'zero', 'oh']);
  return groups.map((group, at) => {
    const words = withSlips(sayGroup(group, manner, zero), random);
    return at > 0 && random.chance(FILLED_GROUPS) ? `${random.pick(['um', 'uh', 'and'])} ${words}` : words;
  });
}

function sayGroup(group: string, manner: (typeof SPOKEN_MANNERS)[number], zero: string): string {
  const single = (digit: string): string => (digit === '0' ? zero : cardinal(Number(digit)));
  if (manner === 'pairs' && group.length % 2 === 0) {
    const pairs = group.match(/../g) ?? [];
    return pairs
      .map((pair) => (Number(pair) < 10 ? Array.from(pair).map(single).join(' ') : cardinal(Number(pair))))
      .join(' ');
  }
  if (manner === 'pairs' && group.length === 3 && !group.slice(1).startsWith('0')) {
    return `${single(group.slice(0, 1))} ${cardinal(Number(group.slice(1)))}`;
  }
  if (manner === 'singles') return Array.from(group).map(single).join(' ');
  return (group.match(/(\d)\1{0,2}/g) ?? [])
    .map((run) => ['', '', 'double ', 'triple '][run.length] + single(run.slice(0, 1)))
    .join(' ');
}

/** A recogniser without a sentence to lean on hears `to` and `for`. */
function withSlips(words: string, random: Random): string {
  return words
    .split(' ')
    .map((word, at) => {
      if (at === 0 || !random.chance(0.03)) return word;
      return word === 'two' ? 'to' : word === 'four' ? 'for' : word;
    })
    .join(' ');
}

function writeGroup(group: string, manner: (typeof WRITTEN_MANNERS)[number], random: Random): string {
  if (manner === 'whole') return group;
  if (manner === 'spaced') return Array.from(group).join(' ');
  if (manner === 'commas') return Array.from(group).join(', ');
  const at = random.below(group.length);
  const spoken = group[at] === '0' ? 'oh' : cardinal(Number(group[at]));
  return [group.slice(0, at), spoken, group.slice(at + 1)].filter((part) => part !== '').join(' ');
}
