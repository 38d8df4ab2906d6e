import { describe, expect, it } from 'vitest';
import type { ParticipantRole } from '@earshot/domain';
import { findDisagreements, type PlayedCall, type PlayedLeg } from './verify-call.ts';
import type { ReceivedTranscript } from './transcript-receiver.ts';

const BYTES = 160_000;

function participant(role: ParticipantRole, transcripts: number, bytes = BYTES) {
  return {
    streamId: `${role}-stream`,
    status: { code: 1000, description: 'OK' },
    summary: {
      totalAudioBytes: bytes,
      audioDurationMs: Math.floor(bytes / 16),
      streamingSeconds: Math.ceil(Math.floor(bytes / 16) / 1000),
      transcripts,
    },
  };
}

function leg(overrides: Partial<PlayedLeg['stop']> = {}): PlayedLeg {
  return {
    playedBytes: { customer: BYTES, agent: BYTES },
    streamIds: { customer: 'customer-stream', agent: 'agent-stream' },
    stop: {
      isOk: true,
      autotranscribeResponse: { customer: participant('customer', 1), agent: participant('agent', 1) },
      ...overrides,
    },
  };
}

function received(role: ParticipantRole, sequence: number, start: number, text: string): ReceivedTranscript {
  return {
    sequence,
    receivedAtMs: 0,
    body: {
      type: 'transcript',
      externalConversationId: 'guid',
      streamId: `${role}-stream`,
      sender: { externalId: 'x', role },
      autotranscribeResponse: { message: 'transcript', start, end: start + 1000, utterance: [{ text }] },
    },
  };
}

function message(role: ParticipantRole, second: number, text: string) {
  const at = new Date(second * 1000).toISOString();
  return {
    messageId: `M${second}`,
    text,
    sender: { role, externalId: 'x' },
    createdTimestamp: at,
    clientTimestamp: at,
  };
}

const good: PlayedCall = {
  legs: [leg()],
  received: [received('agent', 1, 0, 'hello'), received('customer', 2, 2000, 'hi')],
  messages: [message('agent', 0, 'hello'), message('customer', 2, 'hi')],
};

describe('findDisagreements', () => {
  it('finds none in a call that agrees', () => {
    expect(findDisagreements(good)).toEqual([]);
  });

  const tables: { given: string; call: PlayedCall; want: RegExp }[] = [
    { given: 'isOk false', call: { ...good, legs: [leg({ isOk: false })] }, want: /isOk false/ },
    {
      given: 'bytes short of what was played',
      call: {
        ...good,
        legs: [
          leg({
            autotranscribeResponse: {
              customer: participant('customer', 1, BYTES - 2),
              agent: participant('agent', 1),
            },
          }),
        ],
      },
      want: /customer: totalAudioBytes is 159998, expected 160000/,
    },
    {
      given: 'a count that no webhook matches',
      call: {
        ...good,
        legs: [
          leg({
            autotranscribeResponse: { customer: participant('customer', 2), agent: participant('agent', 1) },
          }),
        ],
      },
      want: /customer: transcripts is 2, expected 1/,
    },
    {
      given: 'a gap in the sequence',
      call: { ...good, received: [received('agent', 1, 0, 'hello'), received('customer', 3, 2000, 'hi')] },
      want: /earshot-sequence 3, expected 2/,
    },
    {
      given: 'a text that was stored otherwise',
      call: { ...good, messages: [message('agent', 0, 'hello'), message('customer', 2, 'bye')] },
      want: /customer: transcript 1 differs/,
    },
    {
      given: 'a message that was never posted',
      call: { ...good, messages: [...good.messages, message('customer', 4, 'again')] },
      want: /1 transcripts arrived, the messages API has 2/,
    },
    {
      given: 'messages out of order',
      call: { ...good, messages: [message('customer', 2, 'hi'), message('agent', 0, 'hello')] },
      want: /earlier than the one before/,
    },
    {
      given: 'a side that was never heard',
      call: {
        ...good,
        received: [received('agent', 1, 0, 'hello')],
        messages: [message('agent', 0, 'hello')],
      },
      want: /no transcript of the customer arrived/,
    },
    {
      given: 'a transcript after the end of the audio',
      call: { ...good, received: [received('agent', 1, 0, 'hello'), received('customer', 2, 9500, 'hi')] },
      want: /lies at 9500..10500 ms/,
    },
  ];
  for (const { given, call, want } of tables) {
    it(`reports ${given}`, () => {
      expect(findDisagreements(call).join('\n')).toMatch(want);
    });
  }

  it('keeps the words of the call to itself', () => {
    const secret = 'my pin is four seven';
    const call = {
      ...good,
      received: [received('agent', 1, 0, secret), received('customer', 2, 2000, 'hi')],
    };
    expect(findDisagreements(call).join('\n')).not.toContain(secret);
  });
});
