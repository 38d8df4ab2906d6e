import type { FileMessagesBody } from '@earshot/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { file } from './file.ts';

const PATH = '/conversation/v1/conversations';
const SIDES = ['chat-1', '--customer', 'c1', '--agent', 'a1'];

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => {
  api.asked.splice(0);
  api.answer(({ path }) => ({ body: path === PATH ? { id: 'CONVERSATION' } : {} }));
});
afterAll(() => api.close());

const run = (input: string, ...args: readonly string[]) => api.runWith(input, file, ...args);
const filed = () =>
  api.asked
    .filter(({ path }) => path.endsWith('/batch'))
    .map(({ body }) => (body as FileMessagesBody).messages);

describe('earshot file', () => {
  it('files the conversation, then its messages a second apart', async () => {
    const named = ['--customer-name', 'Ann', '--meta', 'channel=chat', '--meta', 'topic=a=b'];
    const input = 'customer: Hello there\r\n\nAGENT: Hi: you\nsystem: Agent joined';
    const { lines } = await run(input, ...SIDES, ...named, '--at', '2026-11-23T12:00:00Z');
    expect(lines).toEqual(['Filed 3 messages as CONVERSATION']);
    expect(api.asked[0]).toEqual({
      method: 'POST',
      path: PATH,
      body: {
        externalId: 'chat-1',
        customer: { externalId: 'c1', name: 'Ann' },
        agent: { externalId: 'a1' },
        metadata: { channel: 'chat', topic: 'a=b' },
        timestamp: '2026-11-23T12:00:00.000Z',
      },
    });
    const at = (second: number) => `2026-11-23T12:00:0${second}.000Z`;
    expect(filed()).toEqual([
      [
        { text: 'Hello there', sender: { role: 'customer', externalId: 'c1' }, timestamp: at(0) },
        { text: 'Hi: you', sender: { role: 'agent', externalId: 'a1' }, timestamp: at(1) },
        { text: 'Agent joined', sender: { role: 'system', externalId: 'system' }, timestamp: at(2) },
      ],
    ]);
  });

  it('takes JSON that tells senders and times', async () => {
    const timestamp = '2026-11-20T09:00:00+01:00';
    const line = JSON.stringify({ role: 'agent', text: 'Hello', sender: 'a2', timestamp });
    const { lines } = await run(line, 'chat-1', '--customer', 'c1', '--json');
    expect(lines).toEqual(['{"id":"CONVERSATION","messageCount":1}']);
    expect(filed()).toEqual([[{ text: 'Hello', sender: { role: 'agent', externalId: 'a2' }, timestamp }]]);
    expect(api.asked[0]?.body).toEqual({ externalId: 'chat-1', customer: { externalId: 'c1' }, timestamp });
  });

  it('files many in parts that a request takes', async () => {
    const lines = Array.from({ length: 650 }, (_, index) => `customer: ${index}`);
    await run(lines.join('\n'), ...SIDES, '--at', '2026-11-23T12:00:00Z');
    expect(filed().map(({ length }) => length)).toEqual([300, 300, 50]);
    api.asked.splice(0);
    const long = Array.from({ length: 60 }, () => `customer: ${'x'.repeat(19_900)}`);
    await run(long.join('\n'), ...SIDES, '--at', '2026-11-23T12:00:00Z');
    expect(filed().flat()).toHaveLength(60);
    for (const messages of filed()) expect(JSON.stringify({ messages }).length).toBeLessThan(1_048_576);
  });

  it.each([
    { given: 'hello', want: 'line 1: expected JSON, or words after customer:, agent: or system:' },
    { given: 'customer: a\n{"role":"customer"', want: 'line 2: it is not JSON' },
    { given: '{"role":"boss","text":"a"}', want: 'line 1: "role" has to be one of customer, agent, system' },
    { given: '{"role":"agent","text":""}', want: 'line 1: "text" has to be a string of words' },
    { given: '{"role":"agent","text":"a","sender":3}', want: 'line 1: "sender" has to be a string' },
    { given: 'agent: a', want: 'line 1: it is of the agent, and --agent is missing' },
  ])('files nothing where a line cannot be read: $want', async ({ given, want }) => {
    const asked = run(given, 'chat-1', '--customer', 'c1', '--at', '2026-11-23T12:00:00Z');
    await expect(asked).rejects.toThrow(want);
    expect(api.asked).toEqual([]);
  });

  it('says that a time is missing', async () => {
    await expect(run('customer: a', ...SIDES)).rejects.toThrow('"timestamp", and --at is missing');
  });

  it.each([
    { given: [] },
    { given: ['chat-1'] },
    { given: ['chat-1', 'chat-2', '--customer', 'c'] },
    { given: [...SIDES, '--at', 'noon'] },
    { given: [...SIDES, '--meta', 'channel'] },
    { given: ['chat-1', '--customer', 'c', '--agent-name', 'Bo'] },
  ])('says what is expected instead of $given', async ({ given }) => {
    await expect(run('', ...given)).rejects.toThrow(UsageError);
    expect(api.asked).toEqual([]);
  });
});
