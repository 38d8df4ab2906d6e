const units = (
  'zero one two three four five six seven eight nine ten eleven twelve ' +
  'thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
).split(' ');
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const scales = ['', 'thousand', 'million', 'billion'];
const irregularOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** Every word a spelled number is made of. */
export const numberWords: ReadonlySet<string> = new Set([...units, ...tens.filter(Boolean), 'hundred']);

/** `120` as `one hundred twenty`, without "and". Up to 12 digits; a longer one is spelled digit by digit. */
export function spellCardinal(digits: string): string {
  if (digits.length > 12) return spellDigits(digits);
  const value = Number(digits);
  if (value === 0) return 'zero';
  const groups: string[] = [];
  for (let rest = value, scale = 0; rest > 0; rest = Math.floor(rest / 1000), scale += 1) {
    if (rest % 1000 > 0) groups.unshift(`${spellBelowThousand(rest % 1000)} ${scales[scale] ?? ''}`.trim());
  }
  return groups.join(' ');
}

/** `405` as `four zero five`. */
export function spellDigits(digits: string): string {
  return Array.from(digits, (digit) => units[Number(digit)] ?? '').join(' ');
}

/** `21` as `twenty first`. */
export function spellOrdinal(digits: string): string {
  const words = spellCardinal(digits).split(' ');
  const last = words.pop() ?? '';
  return [...words, irregularOrdinals[last] ?? `${last.replace(/y$/, 'ie')}th`].join(' ');
}

function spellBelowThousand(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const words = hundreds > 0 ? [units[hundreds] ?? '', 'hundred'] : [];
  if (rest >= 20) words.push(tens[Math.floor(rest / 10)] ?? '');
  const unit = rest >= 20 ? rest % 10 : rest;
  if (unit > 0) words.push(units[unit] ?? '');
  return words.join(' ');
}
