import type { ParticipantRole } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';
import { parseState, serializeState } from './state.ts';

const redactor = createRedactor(defaultPolicy);

type Line = readonly [role: ParticipantRole, text: string, want?: string];

/** Plays a conversation, one turn every `gapMs`, the state going through its stored form; a line without `want` stays. */
function play(lines: readonly Line[], gapMs = 4000): { got: string[]; want: string[] } {
  let stored = serializeState(redactor.initialState());
  const got = lines.map(([role, text], i) => {
    const result = redactor.redact({ role, text, atMs: 1_700_000_000_000 + i * gapMs }, parseState(stored));
    stored = serializeState(result.state);
    return result.text;
  });
  return { got, want: lines.map(([, text, want]) => want ?? text) };
}

describe('createRedactor in a conversation', () => {
  const table: { given: string; lines: readonly Line[] }[] = [
    {
      given: 'the answer to a question for a PIN',
      lines: [
        ['agent', 'Can I have your PIN please?'],
        ['customer', 'Sure, it is one two three four.', 'Sure, it is ####.'],
      ],
    },
    {
      given: 'an answer after back-channel and a remark',
      lines: [
        ['agent', 'And the security code on the back of the card?'],
        ['customer', 'Okay.'],
        ['agent', 'Right.'],
        ['customer', 'Let me get my wallet.'],
        ['customer', '911', '###'],
      ],
    },
    {
      given: 'the last four of the social',
      lines: [
        ['agent', 'What are the last four of your social?'],
        ['customer', "Yes, it's 1111.", "Yes, it's ####."],
      ],
    },
    {
      given: 'digits one by one, and the read-back',
      lines: [
        ['agent', 'Please tell me your PIN.'],
        ['customer', 'one', '#'],
        ['customer', 'two', '#'],
        ['customer', 'three four', '##'],
        ['agent', 'So that is one two three four?', 'So that is ####?'],
      ],
    },
    {
      given: 'a card in pieces with acknowledgements between, at once',
      lines: [
        ['agent', 'What is the card number?'],
        ['customer', '4111', '####'],
        ['agent', 'Okay.'],
        ['customer', 'one one one one', '####'],
        ['agent', 'Mhm.'],
        ['customer', 'eleven eleven', '####'],
        ['customer', 'and then 1112', 'and then ####'],
      ],
    },
    {
      given: 'a sentence cut by a pause',
      lines: [
        ['customer', 'and my pin number is'],
        ['customer', 'four four seven one', '####'],
      ],
    },
    {
      given: "an agent's own sentence cut by a pause",
      lines: [
        ['agent', 'Your temporary PIN is'],
        ['agent', 'four four seven one', '####'],
      ],
    },
    {
      given: 'a repetition much later in the same minute',
      lines: [
        ['customer', 'my pin is 4471', 'my pin is ####'],
        ['agent', 'Thank you, let me look that up for you.'],
        ['agent', 'The weather is nice today.'],
        ['agent', 'I see you live in Ohio.'],
        ['customer', 'Yes I do, did you get the 4471?', 'Yes I do, did you get the ####?'],
      ],
    },
    {
      given: 'a card nobody asked for, from its second piece on',
      lines: [
        ['customer', '4111'],
        ['customer', '1111', '####'],
        ['customer', '1111', '####'],
        ['customer', '1111', '####'],
      ],
    },
    {
      given: 'an answer to a question for a password',
      lines: [
        ['agent', 'What is your password?'],
        ['customer', 'It is blue horse 42.', 'It is #### ##### ##.'],
      ],
    },
    {
      given: 'no answer to a question for a password',
      lines: [
        ['agent', 'Could you tell me the password?'],
        ['customer', "I don't remember it, sorry."],
        ['customer', 'Can you reset it?'],
      ],
    },
    {
      given: 'nothing after a new question',
      lines: [
        ['agent', 'Can you verify your PIN?'],
        ['customer', "I don't have one."],
        ['agent', 'Then what is your order number?'],
        ['customer', '55 12 34'],
      ],
    },
    {
      given: 'nothing of an order number in pieces',
      lines: [
        ['agent', 'Could you give me the tracking number?'],
        ['customer', '9400 1000'],
        ['customer', '0000 0000'],
      ],
    },
    {
      given: 'no other numbers of the agent who asks',
      lines: [
        ['agent', 'Can I have your PIN?'],
        ['agent', 'It can take up to 1500 characters.'],
        ['customer', 'I have 2 of them, which one?'],
      ],
    },
    {
      given: 'a card nobody asked for, after talk of prices',
      lines: [
        ['agent', 'You can have 33 percent off if you pay today.'],
        ['customer', 'Okay, 6011 2345 6789', 'Okay, #### #### ####'],
        ['customer', '1234', '####'],
      ],
    },
    {
      given: 'nothing of a number the other side said in clear',
      lines: [
        ['agent', 'Okay, the card went through. Your order number is 4471 9923.'],
        ['customer', '4471 9923'],
      ],
    },
    {
      given: 'nothing after a secret was verified or must not be said',
      lines: [
        ['agent', 'Thanks, I verified your social.'],
        ['agent', 'And never share the PIN with anyone.'],
        ['agent', 'The delivery is between 1400 and 1600.'],
        ['customer', '1500 would be good.'],
      ],
    },
    {
      given: 'a corrected group of a card',
      lines: [
        ['agent', 'I show the card as 4252 0873 9304 0260.', 'I show the card as #### #### #### ####.'],
        [
          'customer',
          "No, no, the last group is wrong. It's 8547.",
          "No, no, the last group is wrong. It's ####.",
        ],
      ],
    },
    {
      given: 'passwords after a refusal',
      lines: [
        ['agent', 'Please pick a password.'],
        ['customer', 'sunshine', '########'],
        ['agent', "That's too simple, pick a longer one."],
        ['customer', 'purple mountain sunrise', '###### ######## #######'],
        ['agent', 'Hmm, it says it needs a number as well.'],
        ['customer', 'purple mountain sunrise 7', '###### ######## ####### #'],
      ],
    },
    {
      given: 'a PIN that a recogniser made an amount of',
      lines: [
        ['agent', "What's your PIN?"],
        ['customer', '$45.12', '$##.##'],
      ],
    },
    {
      given: 'the answer to a question by which one is known',
      lines: [
        ['agent', "For verification, your grandmother's first name?"],
        ['customer', 'Her name was Denise.', 'Her name was ######.'],
        ['agent', 'And what was your first car?'],
        ['customer', 'It was a Ford Pinto.', 'It was a #### #####.'],
      ],
    },
    {
      given: 'a password the agent gives out',
      lines: [
        ['agent', "I'll set a temporary password. Are you ready to write it down?"],
        ['customer', 'Yes.'],
        ['agent', 'Okay, it is Sunflower-34.', 'Okay, it is #########-##.'],
        ['customer', 'Sunflower 34, okay.', '######### ##, okay.'],
      ],
    },
    {
      given: 'a password by the verb it is used with',
      lines: [
        ['agent', "What's the verbal password we have for you?"],
        ['customer', "I'm pretty sure I used persimmon tree.", "I'm pretty sure I used ######### ####."],
        [
          'agent',
          'I have tulip garden as the password on file.',
          'I have ##### ###### as the password on file.',
        ],
      ],
    },
    {
      given: 'no talk of a forgotten password',
      lines: [
        ['agent', "What's the password?"],
        ['customer', 'I used to have it written down.'],
        ['customer', 'I tried everything.'],
      ],
    },
    {
      given: 'a code that nobody names',
      lines: [
        ['agent', 'Tell me which one you use.'],
        ['customer', 'thirty nine sixty four, same as always', '####, same as always'],
      ],
    },
    {
      given: 'the last four of a card',
      lines: [
        ['agent', 'What are the last four digits of your card number?'],
        ['customer', 'four two four two', '####'],
      ],
    },
  ];
  it.each(table)('masks $given', ({ lines }) => {
    const { got, want } = play(lines);
    expect(got).toEqual(want);
  });

  it('forgets after a minute without a turn', () => {
    const { got } = play(
      [
        ['agent', 'Can I have your PIN?'],
        ['customer', 'four four seven one'],
      ],
      61_000,
    );
    expect(got[1]).toBe('four four seven one');
  });

  it('keeps nothing of a value in the state for longer than a minute', () => {
    let state = redactor.redact(
      { role: 'customer', text: 'my pin is 4471', atMs: 0 },
      redactor.initialState(),
    ).state;
    expect(serializeState(state)).toContain('4471');
    for (let atMs = 10_000; atMs <= 70_000; atMs += 10_000) {
      state = redactor.redact({ role: 'agent', text: 'Let me see.', atMs }, state).state;
    }
    expect(serializeState(state)).not.toContain('4471');
  });

  it('does not change the state it was given', () => {
    const state = redactor.initialState();
    const before = serializeState(state);
    redactor.redact({ role: 'agent', text: 'What is your PIN?', atMs: 1 }, state);
    expect(serializeState(state)).toBe(before);
  });
});

describe('parseState', () => {
  it('gives back what serializeState wrote', () => {
    const { state } = redactor.redact(
      { role: 'customer', text: 'my pin is 44', atMs: 1 },
      redactor.initialState(),
    );
    expect(parseState(serializeState(state))).toEqual(state);
  });

  const damaged = [
    '',
    'nonsense',
    'null',
    '[]',
    '{}',
    '{"version":2}',
    '{"version":1,"lastAtMs":0,"recent":[1]}',
  ];
  it.each(damaged)('expects every entity after reading %j', (given) => {
    const result = redactor.redact({ role: 'customer', text: 'it is 4471', atMs: 5 }, parseState(given));
    expect(result.text).toBe('it is ####');
  });
});
