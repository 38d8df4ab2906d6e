import type { ConversationMessages, Transcript } from '@earshot/api';
import type { Scope } from '@earshot/auth';
import { fakeKey } from '@earshot/http/testing';
import { describe, expect, it } from 'vitest';
import { useStoredMessages } from '../testing/stored-messages-app.ts';

const CONVERSATIONS = '/conversation/v1/conversations';
const stored = useStoredMessages(0);

function client(...scopes: readonly Scope[]) {
  const key = fakeKey(...scopes);
  const app = stored.appFor(key);
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const headers = { ...key.headers, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await app.request(path, { method, headers, ...sent });
    return { status: response.status, answer: (await response.json()) as unknown };
  };
  return { ask };
}

const chat = (externalId: string, more: object = {}) => ({
  externalId,
  customer: { externalId: 'c-1', name: 'Ann' },
  timestamp: '2026-11-23T12:00:00Z',
  ...more,
});

const said = (role: string, text: string, second = 0) => ({
  text,
  sender: { role, externalId: `${role}-1` },
  timestamp: `2026-11-23T12:00:${String(second).padStart(2, '0')}.123456Z`,
});

async function filedChat(externalId: string) {
  const { ask } = client('stream:write', 'messages:read');
  const { answer } = await ask('POST', CONVERSATIONS, chat(externalId));
  const { id } = answer as { id: string };
  const path = `${CONVERSATIONS}/${id}/messages`;
  const texts = async () => {
    const { answer: list } = await ask('GET', path);
    return (list as ConversationMessages).items.map(({ sender, text }) => `${sender.role}: ${text}`);
  };
  return { ask, id, path, texts };
}

describe('POST conversations', () => {
  it('makes a conversation once, changes what is told and keeps what is not', async () => {
    const { ask, id } = await filedChat('upsert');
    const agent = { externalId: 'a-1', name: 'Bo' };
    const again = await ask('POST', CONVERSATIONS, chat('upsert', { agent, metadata: { queue: 'web' } }));
    expect(again).toEqual({ status: 200, answer: { id } });
    await ask('POST', CONVERSATIONS, { ...chat('upsert'), customer: { externalId: 'c-1' } });
    const customer = { externalId: 'c-1', name: 'Ann' };
    const want = { id, externalId: 'upsert', customer, agent, metadata: { queue: 'web' } };
    expect((await ask('GET', `${CONVERSATIONS}/${id}`)).answer).toEqual(want);
  });

  it.each([
    { given: {}, want: '400-03' },
    { given: chat('x', { timestamp: 'yesterday' }), want: '400-03' },
    { given: chat('x', { timestamp: '2026-13-45T12:00:00Z' }), want: '400-03' },
    { given: chat('x', { metadata: { a: 1 } }), want: '400-03' },
  ])('refuses $given', async ({ given, want }) => {
    const { status, answer } = await client('stream:write').ask('POST', CONVERSATIONS, given);
    expect([status, (answer as { error: { code: string } }).error.code]).toEqual([400, want]);
  });

  it('is not for keys that may only read', async () => {
    const { status } = await client('messages:read').ask('POST', CONVERSATIONS, chat('x'));
    expect(status).toBe(403);
  });
});

describe('POST messages', () => {
  it('stores a message once, whatever number of times it is filed', async () => {
    const { ask, path, texts } = await filedChat('once');
    const first = await ask('POST', path, said('customer', 'Hello'));
    expect(await ask('POST', path, said('customer', 'Hello'))).toEqual(first);
    expect(await texts()).toEqual(['customer: Hello']);
  });

  it('masks what the policy names, also where the question came by a request before', async () => {
    const { ask, path, texts } = await filedChat('masked');
    await ask('POST', path, said('customer', 'My card is 4111 1111 1111 1111', 1));
    await ask('POST', path, said('agent', 'What is your PIN?', 2));
    await ask('POST', path, said('customer', '5937', 3));
    await ask('POST', path, said('system', 'Card 4111111111111111 was charged', 4));
    const stored = await texts();
    expect(stored[1]).toBe('agent: What is your PIN?');
    expect(stored.join(' ')).not.toMatch(/4111|5937|1111/);
    expect(stored.map((text) => text.split(':')[0])).toEqual(['customer', 'agent', 'customer', 'system']);
  });

  it('masks an answer whose question came right before, after hundreds of others in the minute', async () => {
    const { ask, path, texts } = await filedChat('busy');
    const messages = Array.from({ length: 299 }, (_, index) => said('agent', `Line ${index}`, index % 50));
    await ask('POST', `${path}/batch`, { messages: [...messages, said('agent', 'What is your PIN?', 51)] });
    await ask('POST', path, said('customer', '5937', 52));
    expect((await texts()).at(-1)).not.toContain('5937');
  });

  it('answers 404 for a conversation nobody filed, 400 for a message without words', async () => {
    const { ask, path } = await filedChat('refusals');
    expect((await ask('POST', `${CONVERSATIONS}/01NOBODY/messages`, said('agent', 'Hi'))).status).toBe(404);
    expect((await ask('POST', path, said('agent', ''))).status).toBe(400);
    expect((await ask('POST', path, { ...said('agent', 'Hi'), sender: { role: 'agent' } })).status).toBe(400);
  });
});

describe('POST messages/batch', () => {
  it('files 300 messages in order of time, equal ones apart, again without doubles', async () => {
    const { ask, path, texts } = await filedChat('batch');
    const messages = Array.from({ length: 298 }, (_, index) => said('agent', `Line ${index}`, index % 50));
    const body = { messages: [said('customer', 'Yes', 59), said('customer', 'Yes', 59), ...messages] };
    expect(await ask('POST', `${path}/batch`, body)).toEqual({ status: 200, answer: {} });
    await ask('POST', `${path}/batch`, body);
    const stored = await texts();
    expect(stored).toHaveLength(300);
    expect(stored.slice(-2)).toEqual(['customer: Yes', 'customer: Yes']);
  });

  it.each([0, 301])('refuses %i messages', async (count) => {
    const { ask, path } = await filedChat(`batch-${count}`);
    const messages = Array.from({ length: count }, () => said('agent', 'Hi'));
    expect((await ask('POST', `${path}/batch`, { messages })).status).toBe(400);
  });

  it('is read as a transcript with names, without legs', async () => {
    const { ask, path } = await filedChat('named');
    await ask('POST', `${path}/batch`, { messages: [said('customer', 'Hello'), said('agent', 'Hi', 2)] });
    const { answer } = await ask('GET', '/earshot/v1/conversations/named/transcript');
    const { legs, lines } = answer as Transcript;
    expect(legs).toEqual([]);
    expect(lines.map(({ speaker, startMs, endMs }) => [speaker, startMs, endMs])).toEqual([
      ['Ann', 0, 1000],
      ['Agent', 2000, 3000],
    ]);
  });
});
