import { describe, expect, it } from 'vitest';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor(defaultPolicy);
const mask = (text: string): string =>
  redactor.redact({ role: 'customer', text, atMs: 0 }, redactor.initialState()).text;

describe('createRedactor', () => {
  const masked = [
    { given: 'my PIN number is one two three four', want: 'my PIN number is ####' },
    { given: 'My PIN is 1234.', want: 'My PIN is ####.' },
    { given: 'my pin is 1 2 3 4', want: 'my pin is # # # #' },
    { given: 'My PIN is 1, 2, 3, 4.', want: 'My PIN is #, #, #, #.' },
    { given: 'My pin is one, two, three, four.', want: 'My pin is ####.' },
    { given: 'My PIN is One. Two. Three. Four.', want: 'My PIN is ####.' },
    { given: 'my pin is oh one double two', want: 'my pin is ####' },
    { given: 'my pin is forty one eleven', want: 'my pin is ####' },
    { given: 'my pin is twenty twenty-four', want: 'my pin is ####' },
    { given: 'my pin is two thousand and five', want: 'my pin is ####' },
    { given: 'my pin is triple 7 one', want: 'my pin is ####' },
    { given: 'my pin is 12 um three four', want: 'my pin is ## um ##' },
    { given: 'my pin is one two to four', want: 'my pin is ####' },
    { given: 'my pin is one two three for', want: 'my pin is ####' },
    { given: 'PIN1234', want: 'PIN####' },
    { given: 'pin: 1234', want: 'pin: ####' },
    { given: 'one two three four is my pin', want: '#### is my pin' },
    { given: "1234, that's my PIN", want: "####, that's my PIN" },
    { given: 'my p.i.n. is 1234', want: 'my p.i.n. is ####' },
    { given: 'my PIN for the account is 1234', want: 'my PIN for the account is ####' },
    { given: 'my pin is one two no sorry three four', want: 'my pin is ## no sorry ##' },
    { given: 'my pin is number one two three four', want: 'my pin is number ####' },
    { given: 'the one-time code is 482913', want: 'the one-time code is ######' },
    {
      given: 'the code we texted you is four eight two nine one three',
      want: 'the code we texted you is ######',
    },
    { given: 'the security code is 561', want: 'the security code is ###' },
    { given: 'CVV is five six one', want: 'CVV is ###' },
    { given: 'the c v v is five sixty one', want: 'the c v v is ###' },
    { given: 'the three digits on the back are 9 1 1', want: 'the three digits on the back are # # #' },
    { given: 'my social is 012-03-1134', want: 'my social is ###-##-####' },
    { given: 'my social security number is 219099999', want: 'my social security number is #########' },
    {
      given: 'my social is two one nine, oh nine, nine nine nine nine',
      want: 'my social is #########',
    },
    { given: 'the last four of my social is 1134', want: 'the last four of my social is ####' },
    { given: 'my social ends in one one three four', want: 'my social ends in ####' },
    { given: 'it is 219-09-9999', want: 'it is ###-##-####' },
    { given: '4111-1111 1111 1111', want: '####-#### #### ####' },
    { given: 'it is 4111111111111111 thanks', want: 'it is ################ thanks' },
    {
      given: 'four one one one one one one one one one one one one one one one',
      want: '################',
    },
    { given: 'forty one eleven, eleven eleven, eleven eleven, eleven eleven', want: '################' },
    { given: '4111 one one one one 1111 double one double one', want: '#### #### #### ####' },
    { given: '378282246310005', want: '###############' },
    { given: 'my order 4111 1111 1111 1111', want: 'my order #### #### #### ####' },
    {
      given: 'card number 4111 1111 1111 1111 12 25 123',
      want: 'card number #### #### #### #### ## ## ###',
    },
    { given: 'my card number is 4111 1111 1111 1112', want: 'my card number is #### #### #### ####' },
    { given: 'the card number starts with 4111', want: 'the card number starts with ####' },
    { given: 'my password is hunter2', want: 'my password is #######' },
    { given: 'my password is blue horse forty two', want: 'my password is #### ##### ##' },
    { given: 'the password for my account is P@ss-w0rd!', want: 'the password for my account is #@##-####!' },
    { given: 'password: Tr0ub4dor, and my name is Sam', want: 'password: #########, and my name is Sam' },
    { given: 'my password is swordfish but it fails', want: 'my password is ######### but it fails' },
    { given: 'my password is b. l. u. e.', want: 'my password is #. #. #. #.' },
    { given: 'I typed the password Blue42x twice', want: 'I typed the password ####### twice' },
    {
      given: 'my order number is 55123 and my pin is 1234',
      want: 'my order number is 55123 and my pin is ####',
    },
    { given: 'My PIN is １２３４', want: 'My PIN is ####' },
  ];
  it.each(masked)('masks $given', ({ given, want }) => {
    expect(mask(given)).toBe(want);
  });

  const untouched = [
    'my order number is 1234567',
    'my order number is one two three four five six seven eight nine',
    'the confirmation code is 4821',
    'it was $1234.56 on my card',
    'the total is 1,234 dollars',
    'it cost four hundred and twelve dollars',
    'I called at 10:30 and at 4:15 pm',
    'on January 5, 2024 at nine',
    'the appointment is on 12/25/2024',
    'my flight is UA 1234',
    'extension 4521',
    'my phone number is 555-123-4567',
    'call me at five five five one two three four five six seven',
    'the tracking number is 9400 1000 0000 0000 0000 00',
    'I have two cards and three accounts',
    'I have one question about my pin',
    'I forgot my PIN, one moment please',
    'someone changed my pin 3 times in 2024',
    'my password is not working',
    'my password is expired',
    'is my password case sensitive?',
    'what is your password?',
    'I want to reset my password please',
    'I saw it on social media 4 times and paid 500',
    'it has 512 gigabytes and 16 gigs',
    'we open from nine to five',
    'my card ending in 4242',
    'for the visa ending in four two four two',
    'my credit card was charged 4500',
    'room 1204 on the 4th floor',
    'press one for sales',
    'the zip code is 94105',
    'in 1999 we moved to 1600 Main Street',
    'my date of birth is 01/02/1980',
    'the iPhone 15 with model A2846',
    'oh, that one is the right one',
    '',
    '   ',
    '#### is here',
  ];
  it.each(untouched)('leaves alone: %s', (given) => {
    expect(mask(given)).toBe(given);
  });
});
