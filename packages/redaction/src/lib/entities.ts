/** What can be found. */
export const ENTITY_NAMES = [
  'CREDIT_CARD_NUMBER',
  'CVV',
  'PIN',
  'PASSWORD',
  'SSN',
  'EMAIL',
  'PHONE_NUMBER',
  'DOB',
  'BANK_ACCOUNT_NUMBER',
  'BANK_ROUTING',
  'CREDIT_CARD_EXPIRY',
  'DRIVER_ID',
  'PASSPORT_NUMBER',
  'ZIP',
  'ADDRESS',
  'NAME',
  'PROFANITY',
] as const;

/** The name under which a finding is told; other services' names are read by `readEntityName`. */
export type EntityName = (typeof ENTITY_NAMES)[number];

/** On unless a tenant says otherwise. */
export const DEFAULT_ENTITIES: readonly EntityName[] = [
  'CREDIT_CARD_NUMBER',
  'CVV',
  'PIN',
  'PASSWORD',
  'SSN',
];

/** The names other services give the same entities: those of Amazon Transcribe and Contact Lens, and short ones. */
const ALIASES: Readonly<Record<EntityName, readonly string[]>> = {
  CREDIT_CARD_NUMBER: ['CREDIT_DEBIT_NUMBER', 'CREDIT_CARD', 'CARD_NUMBER', 'CARD', 'PAN'],
  CVV: ['CREDIT_DEBIT_CVV', 'CREDIT_CARD_CVV', 'CARD_CVV', 'CVC', 'SECURITY_CODE'],
  PIN: ['PIN_NUMBER', 'OTP', 'ONE_TIME_CODE', 'PASSCODE'],
  PASSWORD: ['PASSPHRASE', 'PASSWORDS'],
  SSN: [
    'US_SSN',
    'SOCIAL_SECURITY_NUMBER',
    'SOCIAL_SECURITY',
    'US_ITIN',
    'ITIN',
    'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER',
  ],
  EMAIL: ['EMAIL_ADDRESS'],
  PHONE_NUMBER: ['PHONE', 'TELEPHONE', 'TELEPHONE_NUMBER'],
  DOB: ['DATE_OF_BIRTH', 'BIRTH_DATE', 'BIRTHDATE'],
  BANK_ACCOUNT_NUMBER: ['BANK_ACCOUNT', 'US_BANK_NUMBER', 'US_BANK_ACCOUNT_NUMBER', 'ACCOUNT_NUMBER', 'IBAN'],
  BANK_ROUTING: ['BANK_ROUTING_NUMBER', 'US_BANK_ROUTING', 'ROUTING_NUMBER', 'ABA_ROUTING_NUMBER'],
  CREDIT_CARD_EXPIRY: ['CREDIT_DEBIT_EXPIRY', 'CARD_EXPIRY', 'EXPIRY', 'EXPIRATION_DATE'],
  DRIVER_ID: ['US_DRIVER_LICENSE', 'DRIVER_LICENSE', 'DRIVERS_LICENSE', 'DRIVING_LICENCE'],
  PASSPORT_NUMBER: ['PASSPORT', 'US_PASSPORT'],
  ZIP: ['ZIP_CODE', 'ZIPCODE', 'POSTAL_CODE', 'POSTCODE'],
  ADDRESS: ['STREET_ADDRESS', 'LOCATION'],
  NAME: ['PERSON', 'PERSON_NAME', 'NAMES'],
  PROFANITY: ['PROFANITIES', 'PROFANE_WORDS', 'CURSE_WORDS'],
};

const BY_ALIAS: ReadonlyMap<string, EntityName> = new Map(
  ENTITY_NAMES.flatMap((name) => [name, ...ALIASES[name]].map((alias) => [alias, name] as const)),
);

/**
 * Reads the name of an entity as people and other services write it: any letter case; spaces, hyphens and
 * underscores alike.
 */
export function readEntityName(text: string): EntityName | undefined {
  return BY_ALIAS.get(
    text
      .trim()
      .toUpperCase()
      .replaceAll(/[\s-]+/g, '_'),
  );
}
