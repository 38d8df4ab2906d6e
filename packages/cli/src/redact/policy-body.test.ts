import { ENTITY_NAMES } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../verb.ts';
import { readPolicyBody } from './policy-body.ts';

describe('readPolicyBody', () => {
  it.each([
    { given: {}, want: undefined },
    { given: { mode: 'strict' }, want: { mode: 'strict' } },
    {
      given: { mode: 'custom', mask: 'label', entities: 'PIN, EMAIL', rule: ['MEMBER=m-[0-9]+=x'] },
      want: {
        mode: 'custom',
        mask: 'label',
        entities: { customer: ['PIN', 'EMAIL'], agent: ['PIN', 'EMAIL'] },
        customRules: [{ name: 'MEMBER', pattern: 'm-[0-9]+=x' }],
      },
    },
    {
      given: { mode: 'custom', customer: 'all', agent: 'none' },
      want: { mode: 'custom', entities: { customer: ENTITY_NAMES, agent: [] } },
    },
  ])('reads $given', ({ given, want }) => {
    expect(readPolicyBody(given, undefined)).toEqual(want);
  });

  it('takes a file as it is', () => {
    expect(readPolicyBody({}, { mode: 'balanced' })).toEqual({ mode: 'balanced' });
  });

  it.each([
    { given: { mask: 'label' }, file: undefined },
    { given: { mode: 'off' }, file: undefined },
    { given: { mode: 'strict', mask: 'stars' }, file: undefined },
    { given: { mode: 'custom', customer: 'PIN' }, file: undefined },
    { given: { mode: 'custom', entities: 'PIN', agent: 'PIN' }, file: undefined },
    { given: { mode: 'custom', rule: ['MEMBER'] }, file: undefined },
    { given: { mode: 'custom' }, file: { mode: 'strict' } as const },
  ])('says what is expected instead of $given', ({ given, file }) => {
    expect(() => readPolicyBody(given, file)).toThrow(UsageError);
  });
});
