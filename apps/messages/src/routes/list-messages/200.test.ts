import type { ConversationMessages } from '@earshot/api';
import type { Scope } from '@earshot/auth';
import { describe, expect, it } from 'vitest';
import { message, messagesUnderTest } from '../../testing/messages-under-test.ts';

const conversation = (count: number) => Array.from({ length: count }, (_, index) => message(index));

describe('GET conversation/messages 200', () => {
  it('answers each message with its five fields', async () => {
    const { get } = messagesUnderTest({ conversations: { call: conversation(2) } });
    const response = await get({ externalId: 'call' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      items: [
        {
          text: 'utterance 0',
          sender: { role: 'customer', externalId: 'TT9833237' },
          messageId: '01GMXE90AEV7H3J4DPBDK00000',
          createdTimestamp: '2026-11-23T12:00:00.400Z',
          clientTimestamp: '2026-11-23T12:00:00.000Z',
        },
        {
          text: 'utterance 1',
          sender: { role: 'agent', externalId: 'RE223444211993' },
          messageId: '01GMXE90AEV7H3J4DPBDK00001',
          createdTimestamp: '2026-11-23T12:00:01.400Z',
          clientTimestamp: '2026-11-23T12:00:01.000Z',
        },
      ],
    });
  });

  const raw = { ...message(0), text: 'My PIN is ####.', unredactedSealed: Buffer.from('My PIN is 5937.') };
  const scopes: readonly { given: readonly Scope[]; want: readonly (string | undefined)[] }[] = [
    { given: ['messages:read'], want: [undefined, undefined] },
    { given: ['admin'], want: [undefined, undefined] },
    {
      given: ['messages:read', 'transcripts:unredacted'],
      want: [`tenant-1 message:${raw.messageId} My PIN is 5937.`, undefined],
    },
  ];
  it.each(scopes)('answers raw texts of those that have one as $want to $given', async ({ given, want }) => {
    const { get } = messagesUnderTest({ scopes: given, conversations: { call: [raw, message(1)] } });
    const response = await get({ externalId: 'call' });
    const { items } = (await response.json()) as ConversationMessages;
    expect(items.map(({ text }) => text)).toEqual(['My PIN is ####.', 'utterance 1']);
    expect(items.map(({ unredactedText }) => unredactedText)).toEqual(want);
  });

  it('reads no message for who has them: 304', async () => {
    const { get, reads } = messagesUnderTest({ conversations: { call: conversation(2500) } });
    const first = await get({ externalId: 'call' });
    const { nextCursor = '' } = (await first.json()) as ConversationMessages;
    const tag = first.headers.get('etag') ?? '';
    const count = reads.messages;
    const again = await get({ externalId: 'call' }, { 'if-none-match': tag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    expect(reads.messages).toBe(count);
    const next = await get({ externalId: 'call', cursor: nextCursor }, { 'if-none-match': tag });
    expect(next.status).toBe(200);
    expect(next.headers.get('etag')).not.toBe(tag);
    expect((await get({ externalId: 'unknown' }, { 'if-none-match': '*' })).status).toBe(404);
  });

  it('has another tag for a key that may read more', async () => {
    const conversations = { call: [raw] };
    const tagFor = async (...granted: Scope[]) => {
      const { get } = messagesUnderTest({ scopes: ['messages:read', ...granted], conversations });
      return (await get({ externalId: 'call' })).headers.get('etag');
    };
    expect(await tagFor('transcripts:unredacted')).not.toBe(await tagFor());
  });

  it('answers an empty list for a conversation without messages', async () => {
    const { get } = messagesUnderTest({ conversations: { call: [] } });
    expect(await (await get({ externalId: 'call' })).json()).toEqual({ items: [] });
  });

  it.each([
    { given: 1000, want: [1000] },
    { given: 1001, want: [1000, 1] },
    { given: 2500, want: [1000, 1000, 500] },
  ])('answers $given messages in pages of $want, each once and in order', async ({ given, want }) => {
    const all = conversation(given);
    const { get } = messagesUnderTest({ conversations: { call: all } });
    const pages: ConversationMessages[] = [];
    let cursor: string | undefined;
    do {
      const response = await get({ externalId: 'call', ...(cursor === undefined ? {} : { cursor }) });
      const page = (await response.json()) as ConversationMessages;
      pages.push(page);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(pages.map(({ items }) => items.length)).toEqual(want);
    const ids = pages.flatMap(({ items }) => items.map(({ messageId }) => messageId));
    expect(ids).toEqual(all.map(({ messageId }) => messageId));
  });
});
