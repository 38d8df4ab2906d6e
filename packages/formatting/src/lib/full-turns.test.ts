import { describe, expect, it } from 'vitest';
import { formatTranscript } from './format-transcript.ts';

const casing = (text: string): string => formatTranscript(text, { numbers: false, punctuation: false }).text;
const punctuation = (text: string): string => formatTranscript(text, { numbers: false, casing: false }).text;

describe('formatTranscript casing', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['hello there', 'Hello there'],
    ['hello. how are you? fine! thanks', 'Hello. How are you? Fine! Thanks'],
    ['i think i know', 'I think I know'],
    ["so i'm sure i've seen what i'd said i'll do", "So I'm sure I've seen what I'd said I'll do"],
    ['so i\u2019m here', 'So I\u2019m here'],
    ['on monday, or friday', 'On Monday, or Friday'],
    ["monday's call", "Monday's call"],
    ['in january and in may', 'In January and in May'],
    ['in march', 'In March'],
    ['well, may 5 is fine', 'Well, May 5 is fine'],
    ['we may march', 'We may march'],
    ['it may be', 'It may be'],
    ['i speak english and spanish', 'I speak English and Spanish'],
    ['my iphone and the usb cable', 'My iPhone and the USB cable'],
    ['my pin number', 'My PIN number'],
    ['a safety pin', 'A safety pin'],
    ['at 4 p.m. on tuesday', 'At 4 p.m. on Tuesday'],
    ['wait... what', 'Wait... what'],
    ['"hello" she said', '"Hello" she said'],
    ['j o h n s m i t h', 'J O H N S M I T H'],
    ['that is s, m i th', 'That is s, m i th'],
    ['b as in boy, i as in ice', 'B as in boy, i as in ice'],
    ['23 people', '23 people'],
    ['#### is here', '#### is here'],
    ['it is ####. thanks', 'It is ####. Thanks'],
    ['john.smith@example.com is mine', 'john.smith@example.com is mine'],
    ['école', 'École'],
    ['straße', 'Straße'],
    ['ßa', 'ßa'],
    ['ALL CAPS STAY', 'ALL CAPS STAY'],
    ['McDonald went', 'McDonald went'],
    ['mr smith from texas', 'Mr Smith from Texas'.replace('Smith', 'smith')],
    ['北京 你好', '北京 你好'],
    ['', ''],
    ['   ', '   '],
  ];
  it.each(rows)('writes %j as %j', (given, want) => {
    expect(casing(given)).toBe(want);
    expect(casing(want)).toBe(want);
  });
});

describe('formatTranscript punctuation', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['hello', 'hello.'],
    ['hello.', 'hello.'],
    ['hello?', 'hello?'],
    ['hello..', 'hello.'],
    ['hello...', 'hello...'],
    ['hello.....', 'hello...'],
    ['hello,, world', 'hello, world.'],
    ['hello,. world', 'hello. world.'],
    ['hello?? yes!!', 'hello? yes!'],
    ['hello?! yes', 'hello?! yes.'],
    ['hello , world .', 'hello, world.'],
    ['hello ?', 'hello?'],
    ['five,', 'five.'],
    ['no,', 'no.'],
    ['oil light is still,', 'oil light is still,'],
    ['that was my,', 'that was my,'],
    ['and my', 'and my'],
    ['i left it because', 'i left it because'],
    ['yam!,', 'yam!'],
    ['at 4 p.m., yes', 'at 4 p.m., yes.'],
    ['at 4 p.m.', 'at 4 p.m.'],
    ['what is your name', 'what is your name?'],
    ["what's your name", "what's your name?"],
    ['can you hold', 'can you hold?'],
    ['okay. could you repeat that', 'okay. could you repeat that?'],
    ['how can i help', 'how can i help?'],
    ['how are you', 'how are you?'],
    ['what a day', 'what a day.'],
    ['is that all', 'is that all?'],
    ['have you tried it', 'have you tried it?'],
    ['do you have it', 'do you have it?'],
    ['should i call', 'should i call?'],
    ['how much is it', 'how much is it?'],
    ['do it now', 'do it now.'],
    ['have it your way', 'have it your way.'],
    ['have a good one', 'have a good one.'],
    ['will do', 'will do.'],
    ['should you need help call us', 'should you need help call us.'],
    ['which is why i called', 'which is why i called.'],
    ['what you need is this', 'what you need is this.'],
    ['when i called', 'when i called.'],
    ['where i live', 'where i live.'],
    ['it costs $5', 'it costs $5.'],
    ['it is 50%', 'it is 50%.'],
    ['my PIN is ####', 'my PIN is ####.'],
    ['my PIN is ####.', 'my PIN is ####.'],
    ['#### , yes', '#### , yes.'],
    ['she said "hello"', 'she said "hello"'],
    ['(yes)', '(yes)'],
    ['and then -', 'and then -'],
    ['yes\u2026', 'yes\u2026'],
    ['thanks \u{1f642}', 'thanks \u{1f642}'],
    ['北京', '北京'],
    ['...', '...'],
    [',', ','],
    ['', ''],
    [' ', ' '],
    ['hello ', 'hello. '],
  ];
  it.each(rows)('writes %j as %j', (given, want) => {
    expect(punctuation(given)).toBe(want);
    expect(punctuation(want)).toBe(want);
  });
});

describe('formatTranscript', () => {
  const rows: readonly (readonly [string, string])[] = [
    [
      'hi i ordered two lamps on the fourteenth and only one of them came',
      'Hi I ordered two lamps on the 14th and only one of them came.',
    ],
    [
      'great. the refund is forty nine dollars and ninety five cents, and takes three to five days',
      'Great. The refund is $49.95, and takes three to five days.',
    ],
    [
      'okay, and the order number was eight eight one oh two, in case you need it',
      'Okay, and the order number was 88102, in case you need it.',
    ],
    ['Sure, call me back at 4, 1, 5, 5, 5, 5, 0, 1, 2, 3.', 'Sure, call me back at 415-555-0123.'],
    [
      'the technician comes on tuesday march third between nine a m and five p m',
      'The technician comes on Tuesday March 3 between 9 a.m. and 5 p.m.',
    ],
    [
      'i have been a customer since nineteen ninety eight, one moment please',
      'I have been a customer since 1998, one moment please.',
    ],
    [
      'my e-mail is john dot smith at example dot com and i live on twenty third street',
      'My e-mail is john.smith@example.com and I live on 23rd street.',
    ],
    ['that is fifteen percent off,, until june thirtieth', 'That is 15% off, until June 30.'],
    ['twenty four seven', '24/7.'],
    ['one moment please', 'One moment please.'],
    ["Um, and yeah, and it's Ah, it's a twenty nineteen.", "Um, and yeah, and it's Ah, it's a 2019."],
    [
      'Yeah, yeah, yeah. like I literally, like I had a three p.m. appointment and I just got home.',
      'Yeah, yeah, yeah. Like I literally, like I had a 3 p.m. appointment and I just got home.',
    ],
    ["For about ten seconds, so it'll it'll feel", "For about 10 seconds, so it'll it'll feel."],
    [
      'Yes. okay, give me just one second here. one second.',
      'Yes. Okay, give me just one second here. One second.',
    ],
    ['is there anything else', 'Is there anything else?'],
    ['my PIN is #### , and i owe twenty dollars', 'My PIN is #### , and I owe $20.'],
  ];
  it.each(rows)('writes %j as %j', (given, want) => {
    expect(formatTranscript(given).text).toBe(want);
    expect(formatTranscript(want)).toEqual({ text: want, edits: [] });
  });

  it('gives edits that cover only what changes', () => {
    expect(formatTranscript('i owe five dollars').edits).toEqual([
      { start: 0, end: 1, replacement: 'I' },
      { start: 6, end: 18, replacement: '$5.' },
    ]);
  });
});
