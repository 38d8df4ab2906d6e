import type { EntityName } from './entities.ts';

/**
 * What a phrase says of the number near it. `other` names a number of no interest; `last-four` shortens another label;
 * `none` only keeps its words from being read as another cue ("social media").
 */
export type CueLabel = EntityName | 'other' | 'last-four' | 'none';

export interface CuePhrase {
  readonly words: readonly string[];
  readonly label: CueLabel;
  /** A weak phrase ("credit card") is often said without its number: only a long run near it counts. */
  readonly weak: boolean;
}

function phrases(label: CueLabel, list: string, weak = false): CuePhrase[] {
  return list.split('|').map((phrase) => ({ words: phrase.trim().split(' '), label, weak }));
}

/** Data: extend here. Words are lower case; the longest phrase that starts at a word wins. */
export const CUE_PHRASES: readonly CuePhrase[] = [
  ...phrases(
    'PIN',
    'pin|pins|pen number|pin numbers|p i n|pin number|pin code|passcode|pass code|passcodes|personal identification number|' +
      'verification code|authentication code|one time code|one time passcode|one time pin|one time password|' +
      'temporary code|access code|six digit code|6 digit code|four digit code|4 digit code|code we texted|code we sent|' +
      'code i sent|code i texted|code i just sent|code we just sent|code that we sent|code i just texted|otp|o t p',
  ),
  ...phrases(
    'CVV',
    'cvv|cvc|cvv 2|cvc 2|c v v|c v c|cv v|c vv|cbb|cvb|cbv|csc|c s c|security code|card verification|card verification value|' +
      'card verification code|verification value|digits on the back|digit on the back|number on the back|' +
      'numbers on the back|code on the back|three digit code|3 digit code|three digit number|3 digit number',
  ),
  ...phrases(
    'SSN',
    'ssn|s s n|social|social security|social security number|social insurance number|social number|' +
      'last four of your social|last four of my social|last 4 of your social|last 4 of my social',
  ),
  ...phrases(
    'CREDIT_CARD_NUMBER',
    'card number|card numbers|my card number|your card number|the card number|new card number|visa card number|' +
      'credit card number|debit card number|number on the card|numbers on the card|' +
      'number on your card|number on my card|number on the front|numbers on the front|digits on the front|' +
      'sixteen digit number|16 digit number|sixteen digits|16 digits|long number|visa number|mastercard number|' +
      'amex number|full card number|account number on the card',
  ),
  ...phrases(
    'CREDIT_CARD_NUMBER',
    'credit card|debit card|card details|card information|card info|visa|mastercard|master card|amex|' +
      'american express|discover card|my card|your card|the card|new card',
    true,
  ),
  ...phrases('PASSWORD', 'password|passwords|pass word|passphrase|pass phrase|passwort'),
  ...phrases(
    'last-four',
    'last four|last 4|last four digits|last 4 digits|ending in|ends in|ending with|ends with|ending|last digits',
  ),
  ...phrases('none', 'social media|social worker|social services|social network|social distancing|pin point'),
  ...phrases(
    'other',
    'order|orders|order number|confirmation|confirmation number|confirmation code|reference|reference number|tracking|' +
      'tracking number|tracking code|ticket|case number|case|claim|claim number|invoice|flight|extension|ext|model|' +
      'serial|part number|item number|sku|room|suite|apartment|apt|gate|seat|booking|booking code|booking reference|' +
      'reservation|account number|account|policy number|phone|phone number|telephone|mobile|cell|fax|zip|zip code|' +
      'postcode|postal code|address|street|routing|routing number|member number|membership|member id|customer number|' +
      'customer id|employee|employee id|imei|version|price|total|balance|cost|costs|amount|charged|charge|paid|owe|' +
      'refund|fee|bill|birthday|birth|born|dob|date|license|passport|expiration|expires|expiry|exp|promo code|' +
      'coupon code|coupon|area code|error code|error|channel|highway|route|store number|badge|year|call me at|call us at',
  ),
];

/** Clause ends after which a new label replaces the one before. */
export const CLAUSE_ENDS: ReadonlySet<string> = new Set([
  'and',
  'but',
  'also',
  'while',
  'however',
  '.',
  '?',
  '!',
  ';',
]);

/** Words between a number and a cue that come after it: "1234 is my PIN". */
export const BACKWARD_LINKS: ReadonlySet<string> = new Set([
  'is',
  'was',
  "that's",
  'that',
  'are',
  'as',
  'for',
  "it's",
]);

/** Words after a cue that announce its value. */
export const COPULAS: ReadonlySet<string> = new Set([
  'is',
  'was',
  'are',
  "it's",
  "that's",
  "'s",
  ':',
  '=',
  'be',
]);
