import { describe, expect, it } from 'vitest';
import { createEarshotClient } from './create-earshot-client.ts';

function setUp(...answers: readonly Response[]) {
  const urls: string[] = [];
  const left = [...answers];
  const { conversations } = createEarshotClient({
    baseUrl: 'http://earshot.test',
    apiId: 'id',
    apiSecret: 'secret',
    fetch: async ({ url }) => {
      urls.push(url.slice('http://earshot.test'.length));
      return left.shift() ?? Response.json({}, { status: 404 });
    },
  });
  return { conversations, urls };
}

const said = (text: string) => ({ text });

describe('conversations', () => {
  it('goes over all pages of messages, asking for one when the one before is used up', async () => {
    const { conversations, urls } = setUp(
      Response.json({ items: [said('a'), said('b')], nextCursor: 'x y' }),
      Response.json({ items: [said('c')] }),
    );
    const texts: string[] = [];
    const askedAt: number[] = [];
    for await (const { text } of conversations.messages({ externalId: 'a/b' })) {
      texts.push(text);
      askedAt.push(urls.length);
    }
    expect(texts).toEqual(['a', 'b', 'c']);
    expect(askedAt).toEqual([1, 1, 2]);
    const path = '/conversation/v1/conversation/messages?externalId=a%2Fb';
    expect(urls).toEqual([path, `${path}&cursor=x%20y`]);
  });

  it('reads by the id of the conversation, and from the start again each time', async () => {
    const page = () => Response.json({ items: [said('a')] });
    const { conversations, urls } = setUp(page(), page());
    const messages = conversations.messages({ conversationId: '01A' });
    const read = async () => {
      const texts: string[] = [];
      for await (const { text } of messages) texts.push(text);
      return texts;
    };
    expect([await read(), await read()]).toEqual([['a'], ['a']]);
    expect(urls[0]).toBe('/conversation/v1/conversations/01A/messages');
  });

  it('finds a conversation, or nothing', async () => {
    const found = { id: '01A', externalId: 'g', customer: { externalId: 'c' } };
    const { conversations } = setUp(Response.json({ items: [found] }), Response.json({ items: [] }));
    expect(await conversations.find({ externalId: 'g' })).toEqual(found);
    expect(await conversations.find({ externalId: 'h' })).toBeUndefined();
  });

  it('answers captions as they are', async () => {
    const { conversations, urls } = setUp(new Response('WEBVTT\n'));
    expect(await conversations.captions('a b', { format: 'vtt', leg: 2 })).toBe('WEBVTT\n');
    expect(urls).toEqual(['/earshot/v1/conversations/a%20b/transcript?format=vtt&leg=2']);
  });

  it('files a conversation and its messages', async () => {
    const id = { id: '01A' };
    const { conversations, urls } = setUp(Response.json(id), Response.json(id), Response.json({}));
    const timestamp = '2026-11-23T12:00:00Z';
    const message = { text: 'Hi', sender: { role: 'agent', externalId: 'a' }, timestamp } as const;
    const customer = { externalId: 'c' };
    expect(await conversations.upsert({ externalId: 'g', customer, timestamp })).toEqual(id);
    expect(await conversations.fileMessage('01A', message)).toEqual(id);
    await conversations.fileMessages('01A', [message]);
    const path = '/conversation/v1/conversations';
    expect(urls).toEqual([path, `${path}/01A/messages`, `${path}/01A/messages/batch`]);
  });
});
