import { cardinal, inPairs, ordinal, year } from './number-names.ts';
import { createRandom, type Random } from './random.ts';
import type { Style } from './say-digits.ts';
import {
  ADDRESSES,
  FIRST_NAMES,
  LAST_NAMES,
  MAIL_HOSTS,
  MONTHS,
  PASSWORDS,
  PROFANITIES,
} from './word-lists.ts';

/** A value that is more than a number, as said once. */
export type Phrase = (style: Style, random: Random) => string;

export function phrase(kind: string, random: Random): Phrase {
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const number = random.digits(2);
  switch (kind) {
    case 'password':
      return inStyle(...random.pick(PASSWORDS));
    case 'profanity':
      return inStyle(...random.pick(PROFANITIES));
    case 'name':
      return inStyle(`${first} ${last}`.toLowerCase(), `${first} ${last}`);
    case 'address':
      return addressPhrase(random);
    case 'email':
      return emailPhrase(first.toLowerCase(), last.toLowerCase(), number, random.pick(MAIL_HOSTS));
    case 'dob':
      return datePhrase(1 + random.below(12), 1 + random.below(28), 1938 + random.below(66));
    case 'expiry':
      return expiryPhrase(1 + random.below(12), 26 + random.below(6));
    default:
      return letterPhrase(random.pick(['d', 'k', 's', 'b']), random.digits(kind === 'dl' ? 7 : 8));
  }
}

function inStyle(words: string, written: string): Phrase {
  return (style) => (style === 'words' ? words : written);
}

function addressPhrase(random: Random): Phrase {
  const house = String(11 + random.below(9700));
  const [street, written] = random.pick(ADDRESSES);
  return inStyle(`${inPairs(house)} ${street}`, `${house} ${written}`);
}

function emailPhrase(
  first: string,
  last: string,
  number: string,
  [spoken, written]: readonly [string, string],
): Phrase {
  const local = createRandom(first + last + number).pick(['dot', 'initial', 'number', 'underscore']);
  const figures = Array.from(number)
    .map((digit) => cardinal(Number(digit)))
    .join(' ');
  const [said, typed] = {
    dot: [`${first} dot ${last}`, `${first}.${last}`],
    initial: [`${first.slice(0, 1)} ${last}`, `${first.slice(0, 1)}${last}`],
    number: [`${last} ${figures}`, `${last}${number}`],
    underscore: [`${first} underscore ${last}`, `${first}_${last}`],
  }[local] ?? ['', ''];
  return (style, random) => {
    if (style === 'words') return `${said} at ${spoken}`;
    return random.chance(0.75) ? `${typed}@${written}` : `${typed} at ${written}`;
  };
}

function datePhrase(month: number, day: number, born: number): Phrase {
  const name = MONTHS[month - 1] ?? 'June';
  return (style, random) => {
    if (style === 'digits') {
      return random.pick([
        `${name} ${day}, ${born}`,
        `${month}/${day}/${born}`,
        `${month}/${day}/${born % 100}`,
        `${name} ${day} ${born}`,
      ]);
    }
    const figures = `${cardinal(month)} ${cardinal(day)} ${year(born)}`;
    const named = `${name.toLowerCase()} ${ordinal(day)} ${year(born)}`;
    return random.pick([named, named, figures, `the ${ordinal(day)} of ${name.toLowerCase()} ${year(born)}`]);
  };
}

function expiryPhrase(month: number, end: number): Phrase {
  const name = MONTHS[month - 1] ?? 'June';
  const padded = String(month).padStart(2, '0');
  return (style, random) => {
    if (style === 'digits')
      return random.pick([`${padded}/${end}`, `${month}/${end}`, `${name} 20${end}`, `${padded} ${end}`]);
    const spoken = month < 10 ? `oh ${cardinal(month)}` : cardinal(month);
    return random.pick([
      `${spoken} ${cardinal(end)}`,
      `${name.toLowerCase()} twenty ${cardinal(end)}`,
      `${cardinal(month)} twenty ${cardinal(end)}`,
    ]);
  };
}

function letterPhrase(letter: string, digits: string): Phrase {
  const figures = Array.from(digits)
    .map((digit) => (digit === '0' ? 'zero' : cardinal(Number(digit))))
    .join(' ');
  return inStyle(`${letter} ${figures}`, `${letter.toUpperCase()}${digits}`);
}
