import { describe, expect, it } from 'vitest';
import { ENTITY_NAMES } from './entities.ts';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({ ...defaultPolicy, entities: ENTITY_NAMES, mask: 'label' });

function play(turns: readonly string[]): string {
  let state = redactor.initialState();
  const texts = turns.map((text, i) => {
    const role = i === turns.length - 1 ? 'customer' : 'agent';
    const result = redactor.redact({ role, text, atMs: i * 3000 }, state);
    state = result.state;
    return result.text;
  });
  return texts.at(-1) ?? '';
}

describe('createRedactor with every entity', () => {
  it.each([
    { given: ['my email is john dot smith at example dot com'], want: 'my email is [EMAIL]' },
    { given: ['write to j.smith+shop@example.co.uk please'], want: 'write to [EMAIL] please' },
    { given: ["it's j o h n underscore 4 2 at g mail dot com"], want: "it's [EMAIL]" },
    { given: ['call me at 415-555-0123'], want: 'call me at [PHONE_NUMBER]' },
    {
      given: ['What is your date of birth?', "it's march third nineteen eighty two"],
      want: "it's [DOB]",
    },
    { given: ['my date of birth is March 3rd, 1982.'], want: 'my date of birth is [DOB].' },
    { given: ['i live at 42 elm street apartment 4'], want: 'i live at [ADDRESS]' },
    { given: ['my name is mary jones'], want: 'my name is [NAME]' },
    {
      given: ["What is your driver's license number?", 'd one two three four five six seven'],
      want: '[DRIVER_ID]',
    },
    { given: ['my passport number is A B 123456'], want: 'my passport number is [PASSPORT_NUMBER]' },
    { given: ['the routing number is 021000021'], want: 'the routing number is [BANK_ROUTING]' },
    { given: ['my account number is 12345678'], want: 'my account number is [BANK_ACCOUNT_NUMBER]' },
    { given: ['the expiration date is 12 27'], want: 'the expiration date is [CREDIT_CARD_EXPIRY]' },
    { given: ['my zip code is 94105'], want: 'my zip code is [ZIP]' },
    { given: ['this is bullshit'], want: 'this is [PROFANITY]' },
  ])('masks $given', ({ given, want }) => {
    expect(play(given)).toBe(want);
  });

  it.each([
    'let us meet at five dot',
    'the appointment is on march third at two',
    'we looked at it and at the com port',
    'i am fine and this is great',
    'there are 12 shops on the way',
    'may i ask why',
  ])('leaves alone: %s', (given) => {
    expect(play([given])).toBe(given);
  });

  it('masks for each role what its list says', () => {
    const forRoles = createRedactor({ ...defaultPolicy, roles: { agent: [], customer: ['PIN'] } });
    const text = 'the pin is 4471';
    const state = forRoles.initialState();
    expect(forRoles.redact({ role: 'agent', text, atMs: 0 }, state).text).toBe(text);
    expect(forRoles.redact({ role: 'customer', text, atMs: 0 }, state).text).toBe('the pin is ####');
  });
});
