const VOWELS = 'aeiou';
/** Sounds that telephones and recognisers take for each other. Sounds of no family are weak: easily added or lost. */
const FAMILIES = ['PB', 'TD0', 'KG', 'FV', 'SZXJC', 'MN', 'L', 'R'];
const LIKE_COST = 0.5;
const UNLIKE_COST = 1;

const FAMILY_OF: ReadonlyMap<string, string> = new Map(
  FAMILIES.flatMap((family) => family.split('').map((sound) => [sound, family.charAt(0)] as const)),
);

/** The families of the firm consonants in order, one for a run of the same: what misheard speech mostly keeps. */
export function skeletonOf(sounds: string): string {
  let skeleton = '';
  for (const sound of sounds) {
    const family = FAMILY_OF.get(sound);
    if (family !== undefined && !skeleton.endsWith(family)) skeleton += family;
  }
  return skeleton;
}

/** Whether both begin with a vowel, or with consonants of one family; an h at the beginning is easily lost. */
export function beginAlike(a: string, b: string): boolean {
  return beginning(a) === beginning(b);
}

function beginning(sounds: string): string {
  const first = sounds.charAt(sounds.startsWith('H') ? 1 : 0);
  return VOWELS.includes(first) ? 'vowel' : (FAMILY_OF.get(first) ?? first);
}

/**
 * Edit distance of two respellings: 1 for a firm consonant added, lost or replaced, 0.5 where it stays in its family and
 * for vowels and weak consonants. `Infinity` once it is certain to exceed `limit`.
 */
export function soundDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (let j = 1; j <= b.length; j += 1) row[j] = (row[j - 1] ?? 0) + editCost(b.charAt(j - 1));
  for (let i = 1; i <= a.length; i += 1) {
    const sound = a.charAt(i - 1);
    const next = [(row[0] ?? 0) + editCost(sound)];
    let least = next[0] ?? 0;
    for (let j = 1; j <= b.length; j += 1) {
      const other = b.charAt(j - 1);
      const cost = Math.min(
        (row[j - 1] ?? 0) + replaceCost(sound, other),
        (row[j] ?? 0) + editCost(sound),
        (next[j - 1] ?? 0) + editCost(other),
      );
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return Infinity;
    row = next;
  }
  const distance = row[b.length] ?? Infinity;
  return distance > limit ? Infinity : distance;
}

function editCost(sound: string): number {
  return FAMILY_OF.has(sound) ? UNLIKE_COST : LIKE_COST;
}

function replaceCost(a: string, b: string): number {
  if (a === b) return 0;
  const [familyA, familyB] = [FAMILY_OF.get(a), FAMILY_OF.get(b)];
  if (familyA !== familyB) return UNLIKE_COST;
  if (familyA !== undefined) return LIKE_COST;
  return VOWELS.includes(a) === VOWELS.includes(b) ? LIKE_COST : UNLIKE_COST;
}
