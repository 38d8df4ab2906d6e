import { describe, expect, it } from 'vitest';
import { DEFAULT_ENTITIES, ENTITY_NAMES, readEntityName } from './entities.ts';

describe('readEntityName', () => {
  it.each([
    { given: 'CVV', want: 'CVV' },
    { given: 'credit_debit_number', want: 'CREDIT_CARD_NUMBER' },
    { given: ' Credit-Debit CVV ', want: 'CVV' },
    { given: 'PHONE', want: 'PHONE_NUMBER' },
    { given: 'date of birth', want: 'DOB' },
    { given: 'CREDIT_DEBIT_EXPIRY', want: 'CREDIT_CARD_EXPIRY' },
    { given: 'PERSON', want: 'NAME' },
    { given: 'SHOE_SIZE', want: undefined },
    { given: '', want: undefined },
    { given: 'constructor', want: undefined },
  ])('reads $given', ({ given, want }) => {
    expect(readEntityName(given)).toBe(want);
  });

  it('reads every name of ours', () => {
    for (const name of ENTITY_NAMES) expect(readEntityName(name.toLowerCase())).toBe(name);
    expect(DEFAULT_ENTITIES.every((name) => ENTITY_NAMES.includes(name))).toBe(true);
  });
});
