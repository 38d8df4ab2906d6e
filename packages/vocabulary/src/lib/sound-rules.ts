/** Where in a word a rule holds; absent: anywhere. */
export type SoundWhere =
  'start' | 'end' | 'silent-end' | 'before-front' | 'before-vowel' | 'not-before-vowel';

export interface SoundRule {
  readonly letters: string;
  /** Empty for silent letters. */
  readonly sound: string;
  /** Another way to say the same letters. */
  readonly other?: string;
  readonly where?: SoundWhere;
}

type Row = readonly [letters: string, sound: string, where?: SoundWhere | undefined, other?: string];

/** The first that fits counts, so longer and narrower ones stand first. */
const ROWS: readonly Row[] = [
  ['augh', 'o'],
  ['ai', 'e'],
  ['ay', 'e'],
  ['au', 'o'],
  ['aw', 'o'],
  ['a', 'a'],
  ['bb', 'B'],
  ['b', 'B'],
  ['cch', 'K'],
  ['ccia', 'Ca'],
  ['cc', 'KS', 'before-front'],
  ['cc', 'K'],
  ['ck', 'K'],
  ['chr', 'KR'],
  ['ch', 'C', undefined, 'K'],
  ['cia', 'Xa'],
  ['cio', 'Xu'],
  ['c', 'S', 'before-front'],
  ['c', 'K'],
  ['dge', 'J'],
  ['dg', 'J', 'before-front'],
  ['dd', 'D'],
  ['d', 'D'],
  ['eau', 'o'],
  ['eigh', 'e'],
  ['ee', 'i'],
  ['ea', 'i', undefined, 'e'],
  ['ei', 'i', undefined, 'e'],
  ['eu', 'u'],
  ['ew', 'u'],
  ['ey', 'i'],
  ['e', '', 'silent-end'],
  ['e', 'e'],
  ['ff', 'F'],
  ['f', 'F'],
  ['ght', 'T'],
  ['gh', 'G', 'start'],
  ['gh', '', undefined, 'F'],
  ['gn', 'N', 'start'],
  ['gn', 'N', 'end'],
  ['gg', 'G'],
  ['gu', 'G', 'before-front'],
  ['g', 'J', 'before-front', 'G'],
  ['g', 'G'],
  ['h', 'H', 'before-vowel'],
  ['h', ''],
  ['igh', 'i'],
  ['ie', 'i'],
  ['i', 'i'],
  ['j', 'J'],
  ['kn', 'N', 'start'],
  ['kh', 'K'],
  ['kk', 'K'],
  ['k', 'K'],
  ['ll', 'L'],
  ['l', 'L'],
  ['mb', 'M', 'end'],
  ['mm', 'M'],
  ['mc', 'MaK', 'start'],
  ['m', 'M'],
  ['ng', 'N', 'not-before-vowel'],
  ['nn', 'N'],
  ['n', 'N'],
  ['ough', 'o', undefined, 'uF'],
  ['oo', 'u'],
  ['ou', 'u', undefined, 'o'],
  ['ow', 'o'],
  ['oa', 'o'],
  ['oe', 'o'],
  ['oi', 'oi'],
  ['oy', 'oi'],
  ['o', 'o'],
  ['ph', 'F'],
  ['pp', 'P'],
  ['ps', 'S', 'start'],
  ['p', 'P'],
  ['que', 'K', 'end'],
  ['qu', 'KW'],
  ['q', 'K'],
  ['rh', 'R'],
  ['rr', 'R'],
  ['r', 'R'],
  ['sch', 'SK', undefined, 'X'],
  ['sh', 'X'],
  ['ssion', 'XuN'],
  ['sion', 'ZuN'],
  ['sc', 'S', 'before-front'],
  ['ss', 'S'],
  ['s', 'S'],
  ['tch', 'C'],
  ['th', '0', undefined, 'T'],
  ['tion', 'XuN'],
  ['tia', 'Xa'],
  ['tio', 'Xu'],
  ['tu', 'Cu', 'before-vowel', 'Tu'],
  ['tt', 'T'],
  ['t', 'T'],
  ['ue', 'u'],
  ['ui', 'u', undefined, 'ui'],
  ['u', 'u'],
  ['vv', 'V'],
  ['v', 'V'],
  ['wh', 'W'],
  ['wr', 'R', 'start'],
  ['w', 'W', 'before-vowel'],
  ['w', ''],
  ['x', 'Z', 'start', 'eKS'],
  ['x', 'KS'],
  ['y', 'Y', 'before-vowel', 'i'],
  ['y', 'i'],
  ['zz', 'Z'],
  ['z', 'Z'],
];

/** By first letter. */
export const SOUND_RULES: ReadonlyMap<string, readonly SoundRule[]> = byFirstLetter(ROWS);

function byFirstLetter(rows: readonly Row[]): Map<string, SoundRule[]> {
  const rules = new Map<string, SoundRule[]>();
  for (const [letters, sound, where, other] of rows) {
    const rule = {
      letters,
      sound,
      ...(where === undefined ? {} : { where }),
      ...(other === undefined ? {} : { other }),
    };
    const first = letters.charAt(0);
    rules.set(first, [...(rules.get(first) ?? []), rule]);
  }
  return rules;
}
