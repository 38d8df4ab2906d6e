import type { FileMessageBody, FileMessagesBody } from '@earshot/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { captionFile, recordedCall } from '../testing/captioned-call.ts';
import { UsageError } from '../verb.ts';
import { importCaptions } from './import.ts';

let api: ApiUnderTest;
let stored: FileMessageBody[];
let conversation: object | undefined;

beforeAll(async () => {
  api = await startApiUnderTest();
  api.answer(({ method, path, body }) => {
    if (method === 'GET' && path.endsWith('/messages')) {
      const items = stored.map(({ text, sender, timestamp }, index) => ({
        text,
        sender,
        messageId: `${index}`,
        createdTimestamp: timestamp,
        clientTimestamp: timestamp,
      }));
      return { body: { items } };
    }
    if (method === 'GET') return { body: { items: conversation === undefined ? [] : [conversation] } };
    if (path.endsWith('/batch')) {
      stored.push(...(body as FileMessagesBody).messages);
      return { body: {} };
    }
    conversation = { id: '01C', externalId: 'guid-1', customer: { externalId: 'c' } };
    return { body: { id: '01C' } };
  });
});
beforeEach(() => {
  stored = [];
  conversation = undefined;
  api.asked.splice(0);
});
afterAll(() => api.close());

const cues = [
  { role: 'agent', startMs: 0, endMs: 400, text: 'What is your PIN?' },
  { role: 'customer', startMs: 500, endMs: 900, text: 'My PIN is ####.' },
] as const;
const ours = async (name = 'call.mkv', captions: Parameters<typeof recordedCall>[1] = cues) =>
  await api.file(name, await recordedCall('guid-1', captions));
const posts = () => api.asked.filter(({ method }) => method === 'POST').map(({ path }) => path);

describe('earshot import', () => {
  it('files the captions of a recording at their times, under its guid', async () => {
    const file = await ours();
    const { exitCode, lines } = await api.run(
      importCaptions,
      file,
      '--customer-id',
      'c-7',
      '--agent-id',
      'a-1',
    );
    expect([exitCode, lines]).toEqual([
      0,
      [`${file}  guid-1  2026-11-22T14:05:00.000Z  2 messages filed, 0 were there, 0 stored with masks`],
    ]);
    expect(
      api.asked.find(({ path, method }) => method === 'POST' && path.endsWith('conversations'))?.body,
    ).toEqual({
      externalId: 'guid-1',
      customer: { externalId: 'c-7' },
      timestamp: '2026-11-22T14:05:00.000Z',
    });
    expect(stored).toEqual([
      {
        text: 'What is your PIN?',
        sender: { role: 'agent', externalId: 'a-1' },
        timestamp: '2026-11-22T14:05:00.000Z',
      },
      {
        text: 'My PIN is ####.',
        sender: { role: 'customer', externalId: 'c-7' },
        timestamp: '2026-11-22T14:05:00.500Z',
      },
    ]);
  });

  it('files nothing twice, and what is missing of an import that broke off', async () => {
    const file = await ours();
    await api.run(importCaptions, file);
    const all = [...stored];
    stored.pop();
    api.asked.splice(0);
    const again = await api.run(importCaptions, file, '--json');
    expect(again.lines.map((line) => JSON.parse(line))).toEqual([
      {
        file,
        externalId: 'guid-1',
        startedAt: '2026-11-22T14:05:00.000Z',
        messageCount: 2,
        conversationId: '01C',
        filedCount: 1,
        presentCount: 1,
        alteredCount: 0,
      },
    ]);
    expect(posts()).toEqual(['/conversation/v1/conversations/01C/messages/batch']);
    expect(stored).toEqual(all);
    await api.run(importCaptions, file);
    expect(posts()).toHaveLength(1);
  });

  it('files many captions in as many requests as the API wants', async () => {
    const many = Array.from({ length: 650 }, (_, index) => ({
      ...cues[0],
      startMs: index,
      endMs: index + 1,
    }));
    await api.run(importCaptions, await ours('many.mkv', many));
    expect(posts()).toHaveLength(1 + 3);
    expect(stored.map(({ timestamp }) => Date.parse(timestamp) % 1000)).toEqual(
      many.map(({ startMs }) => startMs),
    );
  });

  it('leaves a conversation alone that has other messages', async () => {
    const file = await ours();
    await api.run(importCaptions, file);
    const sender = { role: 'agent', externalId: 'a' } as const;
    stored.push({ text: 'x', sender, timestamp: '2026-11-22T14:05:00.700Z' });
    api.asked.splice(0);
    const { exitCode, lines } = await api.run(importCaptions, file, '--json');
    expect(exitCode).toBe(1);
    expect(lines.join('')).toMatch(/guid-1 has 1 other messages of that time; name another one by --guid/);
    expect(posts()).toEqual([]);
  });

  it('compares what is stored with the captions, and misses nothing', async () => {
    const file = await ours('secret.mkv', [{ ...cues[1], text: 'My PIN is 5937.' }, cues[0]]);
    await api.run(importCaptions, file);
    stored = stored.map((message) => ({ ...message, text: message.text.replace('5937', '####') }));
    const { lines } = await api.run(importCaptions, file, '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ filedCount: 0, presentCount: 2, alteredCount: 1 });
  });

  it('files a leg beside another one of the same call', async () => {
    const sender = { role: 'agent', externalId: 'a' } as const;
    conversation = { id: '01C', externalId: 'guid-1', customer: { externalId: 'c' } };
    stored = ['2026-11-22T14:04:59.999Z', '2026-11-22T14:05:01.001Z'].map((timestamp) => ({
      text: 'x',
      sender,
      timestamp,
    }));
    const { exitCode } = await api.run(importCaptions, await ours());
    expect([exitCode, stored.length]).toEqual([0, 4]);
    expect(posts()).toEqual(['/conversation/v1/conversations/01C/messages/batch']);
  });

  it('tells what it would file without asking a system', async () => {
    const file = await ours();
    const { exitCode, lines } = await api.run(importCaptions, file, '--dry-run', '--guid', 'other');
    expect([exitCode, lines]).toEqual([
      0,
      [`${file}  other  2026-11-22T14:05:00.000Z  2 messages would be filed`],
    ]);
    expect(api.asked).toEqual([]);
  });

  it('takes files of others with what options tell, and goes on after one that it cannot use', async () => {
    const track = { track: 1, startMs: 250 };
    const plain = await api.file('chat-9.mkv', captionFile([undefined], [{ ...track, text: 'Hello' }]));
    const named = await api.file(
      'chat-8.mkv',
      captionFile([undefined], [{ ...track, text: 'Agent: Hello' }]),
    );
    const startedAt = ['--started-at', '2026-11-20T10:00:00+02:00'];
    const { exitCode, lines } = await api.run(importCaptions, plain, named, ...startedAt, '--json');
    expect(exitCode).toBe(1);
    const [refused, filed] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(refused?.['error']).toMatch(/nothing tells who speaks in its captions \(tracks: 1 \(no name\)\)/);
    expect(filed).toMatchObject({
      externalId: 'chat-8',
      startedAt: '2026-11-20T08:00:00.000Z',
      filedCount: 1,
    });
    expect(stored[0]).toMatchObject({ text: 'Hello', timestamp: '2026-11-20T08:00:00.250Z' });
    await api.run(importCaptions, plain, ...startedAt, '--role', 'customer', '--guid', 'g-2', '--dry-run');
  });

  it.each([
    {
      bytes: captionFile(['agent'], [{ track: 1, startMs: 0, text: 'a' }]),
      want: /when it began; add --started-at/,
    },
    {
      bytes: captionFile(['agent'], []),
      args: ['--started-at', '2026-11-20T10:00:00Z'],
      want: /has no captions/,
    },
    {
      bytes: captionFile(['agent'], [{ track: 1, startMs: 7, text: 'a'.repeat(20_001) }]),
      args: ['--started-at', '2026-11-20T10:00:00Z'],
      want: /the caption at 7 ms exceeds limit 20000 characters/,
    },
    { bytes: Buffer.from('WEBVTT'), want: /no Tracks of a Matroska file/ },
  ])('says what a file lacks: $want', async ({ bytes, args = [], want }) => {
    const { exitCode, lines } = await api.run(
      importCaptions,
      await api.file('a.mkv', bytes),
      ...args,
      '--json',
    );
    expect(exitCode).toBe(1);
    expect((JSON.parse(lines[0] ?? '{}') as { error?: string }).error).toMatch(want);
    expect(api.asked).toEqual([]);
  });

  it.each([
    [],
    ['a.mkv', 'b.mkv', '--guid', 'g'],
    ['a.mkv', '--role', 'system'],
    ['a.mkv', '--started-at', '2026-11-20T10:00:00'],
    ['a.mkv', '--started-at', 'yesterday'],
  ])('says what is expected instead of %j', async (...args) => {
    await expect(api.run(importCaptions, ...args)).rejects.toThrow(UsageError);
  });
});
