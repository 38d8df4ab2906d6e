import type { ParticipantRole } from '@earshot/domain';

/** Numbers as a recogniser writes them: `seven two` or `72`. */
export type ConversationStyle = 'words' | 'digits';

export interface Turn {
  readonly role: ParticipantRole;
  readonly text: string;
}

const agent = (text: string): Turn => ({ role: 'agent', text });
const customer = (text: string): Turn => ({ role: 'customer', text });

/** Turns of an ordinary service call; what is private in them is made up (the card is a well-known test number). */
export const CONVERSATIONS: Readonly<Record<ConversationStyle, readonly Turn[]>> = {
  words: [
    agent('Thank you for calling, how can I help you today?'),
    customer('Hi, I ordered two lamps on the fourteenth and only one of them came.'),
    agent('I am sorry about that. May I have your PIN number, please?'),
    customer('My PIN number is one two three four.'),
    agent('Thanks. And which card would you like the refund on?'),
    customer(
      'The card number is four one one one, one one one one, one one one one, double one, double one.',
    ),
    agent('And the three digits on the back?'),
    customer('Um, that is seven two nine.'),
    agent('Could you give me the last four of your social as well?'),
    customer('Sure, it ends in oh six double five.'),
    agent('Great. The refund is forty nine dollars and ninety five cents, and takes three to five days.'),
    customer('Okay, and the order number was eight eight one oh two, in case you need it.'),
    agent('I have it, thank you. Is there anything else?'),
    customer('No, that is all, thanks a lot, bye.'),
  ],
  digits: [
    agent('Thank you for calling, how can I help you today?'),
    customer('Hi, I ordered 2 lamps on the 14th and only 1 of them came.'),
    agent('I am sorry about that. May I have your PIN number, please?'),
    customer('My PIN number is 1234.'),
    agent('Thanks. And which card would you like the refund on?'),
    customer('The card number is 4111 1111 1111 1111.'),
    agent('And the 3 digits on the back?'),
    customer('Um, that is 729.'),
    agent('Could you give me the last 4 of your social as well?'),
    customer('Sure, it ends in 0655.'),
    agent('Great. The refund is $49.95, and takes 3 to 5 days.'),
    customer('Okay, and the order number was 88102, in case you need it.'),
    agent('I have it, thank you. Is there anything else?'),
    customer('No, that is all, thanks a lot, bye.'),
  ],
};
