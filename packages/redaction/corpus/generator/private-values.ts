import { phrase, type Phrase } from './private-phrases.ts';
import type { Random } from './random.ts';
import { sayGroups, type Said, type Style } from './say-digits.ts';

/** One made-up value, which its owner may say more than once and each time in another way. */
export interface PrivateValue {
  readonly type: string;
  say(style: Style, random: Random): Said;
  /** The pieces `from` to `to`, counted from 1. */
  slice(from: number, to: number): PrivateValue;
  /** The same with one digit wrong. */
  misread(): PrivateValue;
}

const TYPES: Readonly<Record<string, string>> = {
  card: 'CREDIT_CARD_NUMBER',
  amex: 'CREDIT_CARD_NUMBER',
  card4: 'CARD_LAST_FOUR',
  cvv: 'CVV',
  cvv4: 'CVV',
  pin: 'PIN',
  otp: 'PIN',
  ssn: 'SSN',
  ssn4: 'SSN',
  password: 'PASSWORD',
  email: 'EMAIL',
  phone: 'PHONE_NUMBER',
  dob: 'DOB',
  acct: 'BANK_ACCOUNT_NUMBER',
  routing: 'BANK_ROUTING',
  expiry: 'CREDIT_CARD_EXPIRY',
  dl: 'DRIVER_ID',
  passport: 'PASSPORT_NUMBER',
  zip: 'ZIP',
  address: 'ADDRESS',
  name: 'NAME',
  profanity: 'PROFANITY',
};

export function makePrivateValue(kind: string, random: Random): PrivateValue {
  const type = TYPES[kind];
  if (type === undefined) throw new RangeError(`Cannot make a value of ${kind}: there is no such slot`);
  const groups = digitGroups(kind, random);
  return groups === undefined ? phraseValue(type, phrase(kind, random)) : digitValue(type, groups);
}

function digitGroups(kind: string, random: Random): string[] | undefined {
  switch (kind) {
    case 'card':
      return cardDigits(random.pick(['4', '4', '51', '55', '6011']), 16, random).match(/.{4}/g) ?? undefined;
    case 'amex':
      return cutAt(cardDigits(random.pick(['34', '37']), 15, random), [4, 10]);
    case 'cvv':
      return [random.digits(3)];
    case 'pin':
    case 'ssn4':
    case 'card4':
    case 'cvv4':
      return [random.digits(4)];
    case 'otp':
      return random.pick([[random.digits(6)], [random.digits(3), random.digits(3)]]);
    case 'ssn':
      return [
        String(100 + random.below(560)),
        `0${1 + random.below(9)}`.slice(-2),
        String(1000 + random.below(9000)),
      ];
    case 'phone':
      return [
        `${2 + random.below(8)}${random.digits(2)}`,
        `${2 + random.below(8)}${random.digits(2)}`,
        random.digits(4),
      ];
    case 'acct':
      return [random.digits(4), random.digits(3), random.digits(3 + random.below(3))];
    case 'routing':
      return cutAt(routingNumber(random), [3, 6]);
    case 'zip':
      return [random.digits(5)];
    default:
      return undefined;
  }
}

function cutAt(digits: string, places: readonly number[]): string[] {
  return [0, ...places].map((from, at) => digits.slice(from, places[at]));
}

function cardDigits(prefix: string, length: number, random: Random): string {
  const body = prefix + random.digits(length - prefix.length - 1);
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function routingNumber(random: Random): string {
  const body = `0${1 + random.below(9)}${random.digits(6)}`;
  const sum = Array.from(body).reduce(
    (total, digit, at) => total + Number(digit) * ([3, 7, 1][at % 3] ?? 0),
    0,
  );
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function digitValue(type: string, groups: readonly string[]): PrivateValue {
  return {
    type,
    say: (style, random) => sayGroups(groups, style, random),
    slice: (from, to) => digitValue(type, groups.slice(from - 1, to)),
    misread: () => {
      const [first = '', ...rest] = groups;
      return digitValue(type, [`${first.slice(0, -1)}${(Number(first.slice(-1)) + 4) % 10}`, ...rest]);
    },
  };
}

function phraseValue(type: string, say: Phrase): PrivateValue {
  const value: PrivateValue = {
    type,
    say: (style, random) => ({ pieces: [say(style, random)], separator: ' ' }),
    slice: () => value,
    misread: () => value,
  };
  return value;
}
