import { cardinal, inPairs, ordinal, writtenOrdinal, year } from './number-names.ts';
import type { Random } from './random.ts';
import type { Style } from './say-digits.ts';
import { MONTHS } from './word-lists.ts';

type Written = Readonly<Record<Style, string>>;

/** A number that nobody minds: prices, times, orders. */
export function makeOrdinaryValue(name: string, argument: string | undefined, random: Random): Written {
  const maker = MAKERS[name];
  if (maker === undefined) throw new RangeError(`Cannot make a value of ${name}: there is no such slot`);
  return maker(random, argument);
}

const both = (words: string, digits: string): Written => ({ words, digits });
const count = (value: number): Written => both(cardinal(value), String(value));

function oneByOne(digits: string, random: Random): string {
  const zero = random.pick(['oh', 'zero']);
  return Array.from(digits)
    .map((digit) => (digit === '0' ? zero : cardinal(Number(digit))))
    .join(' ');
}

/** Digits said one by one or in pairs. */
function figures(digits: string, random: Random): Written {
  return both(random.chance(0.7) ? oneByOne(digits, random) : inPairs(digits), digits);
}

function letters(length: number, random: Random): string {
  return Array.from({ length }, () => 'abcdefghjkmnpqrstuvwxyz'[random.below(23)]).join('');
}

function code(parts: readonly string[], separator: string, random: Random): Written {
  const spoken = parts.map((part) => (/\d/.test(part) ? oneByOne(part, random) : Array.from(part).join(' ')));
  return both(spoken.join(' '), parts.join(separator).toUpperCase());
}

function money(random: Random): Written {
  const dollars = random.pick([3 + random.below(96), 100 + random.below(899), 1000 + random.below(8000)]);
  const cents = random.chance(0.5) ? 0 : 1 + random.below(99);
  const written = `$${dollars.toLocaleString('en-US')}${cents === 0 ? '' : `.${String(cents).padStart(2, '0')}`}`;
  const dollarWords = `${cardinal(dollars)} dollars`;
  if (cents === 0) return both(dollarWords, written);
  const short = dollars < 100 && cents > 9 && random.chance(0.4);
  return both(
    short ? `${cardinal(dollars)} ${cardinal(cents)}` : `${dollarWords} and ${cardinal(cents)} cents`,
    written,
  );
}

function time(random: Random): Written {
  const hour = 1 + random.below(12);
  const minute = random.pick([0, 15, 30, 45, 10, 5 + random.below(50)]);
  const half = random.pick(['am', 'pm']);
  const said =
    minute === 0 ? cardinal(hour) : `${cardinal(hour)} ${minute < 10 ? 'oh ' : ''}${cardinal(minute)}`;
  return both(
    `${said} ${half.split('').join(' ')}`,
    `${hour}:${String(minute).padStart(2, '0')} ${half.toUpperCase()}`,
  );
}

function date(random: Random): Written {
  const month = random.pick(MONTHS);
  const day = 1 + random.below(28);
  return both(
    `${month.toLowerCase()} ${ordinal(day)}`,
    `${month} ${random.chance(0.6) ? writtenOrdinal(day) : day}`,
  );
}

function measure(random: Random): Written {
  const unit = random.pick([
    'milligrams',
    'inches',
    'pounds',
    'feet',
    'kilograms',
    'centimeters',
    'milliliters',
  ]);
  const value = random.pick([2 + random.below(30), 10 * (3 + random.below(60))]);
  return both(`${cardinal(value)} ${unit}`, `${value} ${unit}`);
}

const MAKERS: Readonly<Record<string, (random: Random, argument?: string) => Written>> = {
  n: (_random, argument) => count(Number(argument)),
  qty: (random) => count(2 + random.below(20)),
  range: (random) => {
    const from = 2 + random.below(4);
    return both(`${cardinal(from)} to ${cardinal(from + 2)}`, `${from} to ${from + 2}`);
  },
  minutes: (random) => {
    const value = 5 * (1 + random.below(11));
    return both(`${cardinal(value)} minutes`, `${value} minutes`);
  },
  pct: (random) => {
    const value = 1 + random.below(39);
    const half = random.chance(0.3);
    return both(`${cardinal(value)}${half ? ' point five' : ''} percent`, `${value}${half ? '.5' : ''}%`);
  },
  temp: (random) => {
    const value = 98 + random.below(7);
    return both(`${cardinal(value)} point two degrees`, `${value}.2 degrees`);
  },
  ordinal: (random) => {
    const value = 2 + random.below(27);
    return both(ordinal(value), writtenOrdinal(value));
  },
  year: (random) => {
    const value = 1998 + random.below(28);
    return both(year(value), String(value));
  },
  money,
  time,
  date,
  meas: measure,
  order: (random) => figures(String(1 + random.below(9)) + random.digits(random.pick([4, 5, 6, 7])), random),
  ext: (random) => figures(String(1 + random.below(9)) + random.digits(3), random),
  check: (random) => figures(String(1 + random.below(9)) + random.digits(3), random),
  reading: (random) => figures(String(1 + random.below(9)) + random.digits(4), random),
  tracking: (random) => figures(String(1 + random.below(9)) + random.digits(11), random),
  form: (random) => {
    const digits = random.pick(['1099', '1040', '8822', '211']);
    return both(inPairs(digits), digits);
  },
  room: (random) => {
    const value = String(101 + random.below(880));
    return both(inPairs(value), value);
  },
  gate: (random) => code([letters(1, random), String(1 + random.below(60))], '', random),
  seat: (random) => code([String(1 + random.below(38)), letters(1, random)], '', random),
  flight: (random) => {
    const digits = String(100 + random.below(2900));
    const airline = letters(2, random);
    return both(`${Array.from(airline).join(' ')} ${inPairs(digits)}`, `${airline.toUpperCase()} ${digits}`);
  },
  conf: (random) =>
    code([letters(2, random), random.digits(2), letters(1, random), random.digits(1)], '', random),
  ref: (random) => code([letters(2, random), random.digits(5)], '-', random),
  model: (random) =>
    code([letters(2, random), String(100 * (1 + random.below(90)))], random.pick(['-', ' ']), random),
};
