import { ENTITY_NAMES, type EntityName } from '@earshot/redaction';

export const ENTITY_DESCRIPTIONS: Readonly<Record<EntityName, string>> = {
  CREDIT_CARD_NUMBER: 'Payment card numbers',
  CVV: 'Security codes of payment cards',
  PIN: 'PINs, passcodes and one-time codes',
  PASSWORD: 'Passwords and passphrases',
  SSN: 'Social security numbers',
  EMAIL: 'E-mail addresses',
  PHONE_NUMBER: 'Phone numbers',
  DOB: 'Dates of birth',
  BANK_ACCOUNT_NUMBER: 'Bank account numbers',
  BANK_ROUTING: 'Bank routing numbers',
  CREDIT_CARD_EXPIRY: 'Expiry dates of payment cards',
  DRIVER_ID: 'Numbers of driving licences',
  PASSPORT_NUMBER: 'Passport numbers',
  ZIP: 'ZIP and postal codes',
  ADDRESS: 'Street addresses',
  NAME: 'Names of people',
  PROFANITY: 'Profanity',
};

/** In the order of the alphabet, by which pages are cut. */
export const ENTITIES_BY_ID: readonly { readonly id: EntityName }[] = ENTITY_NAMES.toSorted().map((id) => ({
  id,
}));
