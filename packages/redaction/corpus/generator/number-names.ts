const UNITS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** A whole number below a million, as people say it: `two hundred fifty`. */
export function cardinal(value: number): string {
  if (value < 20) return UNITS[value] ?? String(value);
  if (value < 100) return joined(TENS[Math.floor(value / 10)] ?? '', value % 10);
  if (value < 1000) return joined(`${cardinal(Math.floor(value / 100))} hundred`, value % 100);
  return joined(`${cardinal(Math.floor(value / 1000))} thousand`, value % 1000);
}

function joined(head: string, rest: number): string {
  return rest === 0 ? head : `${head} ${cardinal(rest)}`;
}

export function ordinal(value: number): string {
  const words = cardinal(value).split(' ');
  const last = words.pop() ?? '';
  const named = ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return [...words, named].join(' ');
}

export function writtenOrdinal(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

/** `1432` as `fourteen thirty two`, `2005` as `two thousand five`, `412` as `four twelve`. */
export function inPairs(digits: string): string {
  if (digits.length % 2 === 1)
    return `${cardinal(Number(digits.slice(0, 1)))} ${inPairs(digits.slice(1))}`.trim();
  const words: string[] = [];
  for (let at = 0; at < digits.length; at += 2) {
    const pair = Number(digits.slice(at, at + 2));
    words.push(pair < 10 ? `oh ${cardinal(pair)}` : cardinal(pair));
  }
  return words.join(' ');
}

export function year(value: number): string {
  return value >= 2000 && value < 2010 ? cardinal(value) : inPairs(String(value));
}
