import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { GUID, liveUnderTest } from '../../testing/live-under-test.ts';
import type { EventReader, ReceivedEvent } from '../../testing/read-events.ts';

const textsOf = (events: readonly ReceivedEvent[]): unknown[] => events.map(({ data }) => data['text']);

describe('GET calls/{guid}/live 200', () => {
  it('tells what was said so far, then each message as it is stored', async () => {
    const call = await liveUnderTest();
    call.say('one');
    const response = await call.get();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await response.body?.cancel();
    const live = await call.follow();
    expect(await live.take(1)).toEqual([
      {
        id: expect.stringMatching(/^[\w-]+$/),
        event: 'message',
        data: {
          text: 'one',
          sender: { role: 'customer', externalId: 'customer-1' },
          messageId: '01GMXE90AEV7H3J4DPBDK00000',
          createdTimestamp: '2026-11-23T12:00:00.400Z',
          clientTimestamp: '2026-11-23T12:00:00.000Z',
          streamId: 'stream-1-customer',
          startMs: 0,
          endMs: 900,
        },
      },
    ]);
    call.say('two');
    expect(textsOf(await live.take(1))).toEqual(['two']);
    call.say('three');
    call.say('four');
    expect(textsOf(await live.take(2))).toEqual(['three', 'four']);
  });

  it('answers HEAD and keeps no follower for it', async () => {
    const call = await liveUnderTest({ connectionsMax: 1 });
    for (const query of ['', '?partials=true']) {
      const response = await call.head(query);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    }
    call.say('one');
    expect(textsOf(await (await call.follow()).take(1))).toEqual(['one']);
  });

  it('ends once the key is revoked, and lets it in no more', async () => {
    const call = await liveUnderTest({ pollMs: 10 });
    call.say('one');
    const live = await call.follow();
    expect(textsOf(await live.take(1))).toEqual(['one']);
    call.revokeKey();
    expect(await live.next()).toBeUndefined();
    expect((await call.get()).status).toBe(401);
  });

  it('goes on after the last event that arrived, wherever the connection was cut', async () => {
    const call = await liveUnderTest();
    const sameMs = { createdAtMs: Date.UTC(2026, 10, 23, 12, 0, 2) };
    for (const text of ['a', 'b']) call.say(text);
    for (const text of ['c', 'd', 'e']) call.say(text, sameMs);
    call.say('late', { clientTimestampMs: Date.UTC(2026, 10, 23, 11) });
    const all = await (await call.follow()).take(6);
    expect(textsOf(all)).toEqual(['a', 'b', 'c', 'd', 'e', 'late']);
    for (const [index, { id = '' }] of all.slice(0, -1).entries()) {
      const resumed = await call.follow('', { 'last-event-id': id });
      expect(textsOf(await resumed.take(5 - index))).toEqual(textsOf(all.slice(index + 1)));
      await resumed.close();
    }
    const atEnd = await call.follow('', { 'last-event-id': all.at(-1)?.id ?? '' });
    call.say('new');
    expect(textsOf(await atEnd.take(1))).toEqual(['new']);
  });

  it('loses and repeats nothing over cuts in the middle of a burst', async () => {
    const call = await liveUnderTest();
    const texts = Array.from({ length: 250 }, (_, index) => `utterance ${index}`);
    const burst = (index: number) => ({ createdAtMs: Date.UTC(2026, 10, 23, 12) + Math.floor(index / 3) });
    for (const [index, text] of texts.entries()) call.say(text, burst(index));
    const seen: unknown[] = [];
    let headers = {};
    while (seen.length < texts.length) {
      const live = await call.follow('', headers);
      const events = await live.take(Math.min(37, texts.length - seen.length));
      await live.close();
      seen.push(...textsOf(events));
      headers = { 'last-event-id': events.at(-1)?.id ?? '' };
    }
    expect(seen).toEqual(texts);
  });

  it.each([
    { given: 'loses every message', bus: { watch: async () => ({ close: async () => {} }) } },
    { given: 'cannot be reached', bus: { watch: () => Promise.reject(new Error('bus is away')) } },
  ])('reads the store by itself when the bus $given', async ({ bus }) => {
    const call = await liveUnderTest({ bus, pollMs: 10 });
    const live = await call.follow();
    call.say('unheard of');
    expect(textsOf(await live.take(1))).toEqual(['unheard of']);
    call.end();
    expect(await live.take(1)).toMatchObject([{ event: 'end', data: { callState: 'ended' } }]);
  });

  it('tells partials without an id, the message after them, and none after the message', async () => {
    const call = await liveUnderTest();
    const live = await call.follow('?partials=true');
    await settled(call, 1);
    call.hypothesis('I need');
    expect(await live.take(1)).toEqual([
      {
        id: undefined,
        event: 'partial',
        data: {
          text: 'I need',
          sender: { role: 'customer', externalId: 'customer-1' },
          streamId: 'stream-1-customer',
          startMs: 0,
          endMs: 500,
          revision: 1,
        },
      },
    ]);
    call.hypothesis('I need help', { revision: 2 });
    call.say('I need help.');
    call.hypothesis('I need he', { startMs: 0, revision: 3 });
    call.hypothesis('Next');
    const [final, next] = await live.take(2);
    expect([final?.event, final?.data['text']]).toEqual(['message', 'I need help.']);
    expect([next?.event, next?.data['text']]).toEqual(['partial', 'Next']);
  });

  it('tells no partials unless asked', async () => {
    const call = await liveUnderTest({ scopes: ['messages:read'] });
    const live = await call.follow();
    await settled(call, 1);
    call.hypothesis('I need');
    call.say('I need help.');
    expect(await live.take(1)).toMatchObject([{ event: 'message', data: { text: 'I need help.' } }]);
  });

  it('tells the end after the last message, and goes on after a hold', async () => {
    const call = await liveUnderTest();
    const live = await call.follow();
    call.say('bye');
    call.end();
    expect((await live.take(2)).map(({ event, data }) => [event, data['text'] ?? data])).toEqual([
      ['message', 'bye'],
      ['end', { sessionId: '00000000-0000-4000-8000-000000000001', callState: 'ended' }],
    ]);
    call.resume();
    call.say('hello again');
    expect(await live.take(1)).toMatchObject([
      { data: { text: 'hello again', streamId: 'stream-2-customer' } },
    ]);
    const late = await call.follow();
    expect((await late.take(2)).map(({ event }) => event)).toEqual(['message', 'message']);
  });

  it('ends when the call has been over for a while, and answers 204 from then on', async () => {
    const call = await liveUnderTest({ lingerMs: 1000, pollMs: 10 });
    const live = await call.follow();
    call.say('bye');
    call.end();
    const [message] = await live.take(2);
    call.pass(1000);
    expect(await live.next()).toBeUndefined();
    const late = await call.follow();
    expect((await late.take(2)).map(({ event }) => event)).toEqual(['message', 'end']);
    expect(await late.next()).toBeUndefined();
    expect((await call.get('', { 'last-event-id': message?.id ?? '' })).status).toBe(204);
  });

  it.each([
    { scopes: ['messages:read', 'transcripts:unredacted'] as const, want: 'my PIN is 1234' },
    { scopes: ['admin'] as const, want: undefined },
  ])('tells $scopes of raw words: $want', async ({ scopes, want }) => {
    const call = await liveUnderTest({ scopes });
    call.say('my PIN is ####', { unredactedSealed: Buffer.from('my PIN is 1234') });
    const [message] = await (await call.follow()).take(1);
    expect(message?.data['text']).toBe('my PIN is ####');
    expect(message?.data['unredactedText']).toBe(want);
  });

  it('sends a comment while nothing is said', async () => {
    const call = await liveUnderTest({ heartbeatMs: 5 });
    const live = await call.follow();
    expect((await live.take(3)).map(({ event }) => event)).toEqual(['comment', 'comment', 'comment']);
  });

  it('gives the place back when the follower hangs up', async () => {
    const call = await liveUnderTest({ connectionsMax: 1 });
    const live = await call.follow();
    await settled(call, 1);
    expect((await call.get()).status).toBe(503);
    await live.close();
    await expect.poll(() => call.bus.watchCount).toBe(0);
    expect(await follows(call)).toBe(true);
  });

  it('cuts a follower off that does not read', async () => {
    const call = await liveUnderTest({ connectionsMax: 1, stallMs: 50 });
    for (let count = 0; count < 400; count += 1) call.say('x'.repeat(60_000));
    const socket = connect(Number(new URL(call.baseUrl).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.pause();
    const credentials = 'asapp-api-id: test-key\r\nasapp-api-secret: test-secret\r\n';
    socket.write(`GET /earshot/v1/calls/${GUID}/live HTTP/1.1\r\nhost: x\r\n${credentials}\r\n`);
    await settled(call, 1);
    await expect.poll(() => call.bus.watchCount).toBe(0);
    expect(await follows(call)).toBe(true);
    socket.destroy();
  });

  it('ends every stream when the process drains', async () => {
    const call = await liveUnderTest();
    const followers: EventReader[] = [await call.follow(), await call.follow()];
    await settled(call, 2);
    await call.drain();
    for (const live of followers) expect(await live.next()).toBeUndefined();
    expect(call.bus.watchCount).toBe(0);
  });
});

type Call = Awaited<ReturnType<typeof liveUnderTest>>;

/** Until so many followers hear the bus. */
async function settled(call: Call, watchCount: number): Promise<void> {
  await expect.poll(() => call.bus.watchCount).toBe(watchCount);
}

async function follows(call: Call): Promise<boolean> {
  const response = await call.get();
  await response.body?.cancel();
  return response.status === 200;
}
