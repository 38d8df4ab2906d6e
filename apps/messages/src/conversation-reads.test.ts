import { randomUUID } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ConversationMessages, Transcript } from '@earshot/api';
import { fakeKey } from '@earshot/http/testing';
import { describe, expect, it } from 'vitest';
import { useStoredMessages } from './testing/stored-messages-app.ts';

const T0 = Date.UTC(2026, 10, 23, 12);
const key = fakeKey('messages:read');
const stored = useStoredMessages(T0);

function get(path: string, headers: Record<string, string> = {}) {
  return stored.appFor(key).request(path, { headers: { ...key.headers, ...headers } });
}

/** A call of several legs, each ten minutes after the one before, whose audio began 2 s after its start. */
async function call(legs: readonly number[]): Promise<{ guid: string; conversationId: string }> {
  const guid = randomUUID();
  let conversationId = '';
  let messageCount = 0;
  for (const [leg, count] of legs.entries()) {
    const acceptedAtMs = T0 + leg * 600_000;
    const started = await stored.storage.calls.startSession({
      tenantId: 'tenant-1',
      appId: 'app-1',
      guid,
      customerExternalId: 'c',
      agentExternalId: `agent-${leg}`,
      settings: {
        language: 'en-US',
        detailedToken: false,
        audioRecordingAllowed: false,
        redactionOutput: 'redacted',
      },
      media: {
        streamArn: 'arn:aws:kinesisvideo:us-east-1:145051540001:stream/s/1',
        selector: { type: 'NOW' },
      },
      acceptedAtMs,
    });
    if (started.type !== 'started') throw new Error(`Cannot start the call of the test: ${started.type}`);
    const { session } = started;
    conversationId = session.conversationId;
    const leased = await stored.storage.calls.lease('tenant-1', session.sessionId);
    let fromSample = 0;
    for (let index = 0; index < count; index += 1) {
      messageCount += 1;
      const startMs = fromSample / 8;
      await stored.storage.calls.commitUtterance({
        tenantId: 'tenant-1',
        sessionId: session.sessionId,
        leaseEpoch: leased?.leaseEpoch ?? 0,
        conversationId,
        message: {
          messageId: `01GMXE90AEV7H3J4DPBDK${String(messageCount).padStart(5, '0')}`,
          streamId: session.streams[0].streamId,
          role: 'customer',
          senderExternalId: 'c',
          text: `said ${messageCount} <b> & --> x`,
          startMs,
          endMs: startMs + 80,
          clientTimestampMs: acceptedAtMs + 2000 + startMs,
        },
        fromSample,
        throughSample: fromSample + 800,
        redactionState: undefined,
        webhookBody: '{}',
      });
      fromSample += 800;
    }
    await stored.storage.calls.endSession({
      tenantId: 'tenant-1',
      sessionId: session.sessionId,
      leaseEpoch: leased?.leaseEpoch ?? 0,
      reason: 'stopped',
      endedAtMs: acceptedAtMs + 500_000,
      trouble: undefined,
      progress: [],
      mediaReport: undefined,
    });
  }
  return { guid, conversationId };
}

const numbers = ({ items }: ConversationMessages) => items.map(({ text }) => Number(text.split(' ')[1]));

describe('conversation reads', () => {
  it('answers a call of 1500 messages as the earliest 1000 in order, then the rest, none twice', async () => {
    const { guid, conversationId } = await call([1500]);
    for (const path of [
      `/conversation/v1/conversation/messages?externalId=${guid}`,
      `/conversation/v1/conversations/${conversationId}/messages?`,
    ]) {
      const first = (await (await get(path)).json()) as ConversationMessages;
      expect(numbers(first)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
      const rest = await get(`${path}&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
      const second = (await rest.json()) as ConversationMessages;
      expect(numbers(second)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1001));
      expect(second.nextCursor).toBeUndefined();
    }
  });

  it('answers all legs of a transferred call under one id', async () => {
    const { guid, conversationId } = await call([2, 1]);
    const found = await (await get(`/conversation/v1/conversations?externalId=${guid}`)).json();
    const want = { id: conversationId, externalId: guid, customer: { externalId: 'c' } };
    expect(found).toEqual({ items: [{ ...want, agent: { externalId: 'agent-1' }, metadata: {} }] });
    const byId = await get(`/conversation/v1/conversations/${conversationId}`);
    expect(await byId.json()).toMatchObject(want);
    const listed = await get(`/conversation/v1/conversations/${conversationId}/messages`);
    const { items } = (await listed.json()) as ConversationMessages;
    expect(numbers({ items })).toEqual([1, 2, 3]);
    const one = await get(
      `/conversation/v1/conversations/${conversationId}/messages/${items[2]?.messageId ?? ''}`,
    );
    expect(await one.json()).toEqual(items[2]);
  });

  it.each([
    { given: '/conversation/v1/conversations', want: [400, '400-03'] },
    { given: '/conversation/v1/conversations?externalId=', want: [400, '400-03'] },
    { given: '/conversation/v1/conversations/01NOBODY', want: [404, '404-01'] },
    { given: '/conversation/v1/conversations/01NOBODY/messages', want: [404, '404-01'] },
    { given: '/conversation/v1/conversations/01NOBODY/messages?cursor=x', want: [400, '400-03'] },
    { given: '/conversation/v1/conversations/01NOBODY/messages/01NOTHING', want: [404, '404-01'] },
  ])('refuses $given with $want, in the compatible form', async ({ given, want }) => {
    const response = await get(given);
    const { error } = (await response.json()) as { error: { code: string; requestId: string } };
    expect([response.status, error.code]).toEqual(want);
    expect(error.requestId).not.toBe('');
  });

  it('answers an empty list for an external id nobody has', async () => {
    expect(await (await get('/conversation/v1/conversations?externalId=nobody')).json()).toEqual({
      items: [],
    });
  });

  const tagged: readonly {
    what: string;
    pathOf: (of: { guid: string; conversationId: string }) => string;
  }[] = [
    { what: 'messages', pathOf: ({ guid }) => `/conversation/v1/conversation/messages?externalId=${guid}` },
    {
      what: 'messages by id',
      pathOf: ({ conversationId }) => `/conversation/v1/conversations/${conversationId}/messages`,
    },
    {
      what: 'a transcript',
      pathOf: ({ guid }) => `/earshot/v1/conversations/${guid}/transcript?format=vtt`,
    },
  ];
  it.each(tagged)('answers 304 to the tag of $what until something more was said', async ({ pathOf }) => {
    const { guid, conversationId } = await call([3]);
    const path = pathOf({ guid, conversationId });
    const tag = (await get(path)).headers.get('etag') ?? '';
    const same = await get(path, { 'if-none-match': `"other", ${tag}` });
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    const messages = [
      {
        messageId: '01GMXE90AEV7H3J4DPBDK99999',
        role: 'customer',
        text: 'One more.',
        clientTimestampMs: T0,
        senderExternalId: 'c',
      },
    ] as const;
    await stored.storage.messages.file({ tenantId: 'tenant-1', conversationId, messages });
    const more = await get(path, { 'if-none-match': tag });
    expect(more.status).toBe(200);
    expect(await more.text()).toContain('One more.');
    expect(more.headers.get('etag')).not.toBe(tag);
  });

  it('has another tag for each form of a transcript', async () => {
    const { guid } = await call([2, 2]);
    const forms = ['?format=vtt', '?format=srt', '?format=txt', '', '?leg=1', '?leg=2'];
    const tags = await Promise.all(
      forms.map(async (form) =>
        (await get(`/earshot/v1/conversations/${guid}/transcript${form}`)).headers.get('etag'),
      ),
    );
    expect(new Set(tags).size).toBe(forms.length);
  });

  it.each([
    { given: 'gzip, br', want: 'br' },
    { given: 'gzip', want: 'gzip' },
    { given: 'br;q=0.1, gzip;q=0.5', want: 'gzip' },
    { given: '*', want: 'br' },
    { given: 'br;q=0, identity', want: null },
    { given: 'deflate', want: null },
  ])('compresses for accept-encoding $given with $want', async ({ given, want }) => {
    const { guid } = await call([30]);
    const path = `/conversation/v1/conversation/messages?externalId=${guid}`;
    const plain = await (await get(path)).text();
    const response = await get(path, { 'accept-encoding': given });
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-encoding')).toBe(want);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    const decoded = want === 'br' ? brotliDecompressSync(body) : want === 'gzip' ? gunzipSync(body) : body;
    expect(decoded.toString()).toBe(plain);
    expect(body.byteLength < plain.length / 3).toBe(want !== null);
  });
});

describe('GET transcript', () => {
  const transcript = async (guid: string, query: string) =>
    await get(`/earshot/v1/conversations/${guid}/transcript?${query}`);

  it('counts on the clock over all legs, and of one leg in its audio', async () => {
    const { guid } = await call([1, 1]);
    const whole = (await (await transcript(guid, '')).json()) as Transcript;
    expect(whole.legs.map(({ leg, startMs }) => [leg, startMs])).toEqual([
      [1, 0],
      [2, 600_000],
    ]);
    expect(whole.lines.map(({ leg, startMs, endMs }) => [leg, startMs, endMs])).toEqual([
      [1, 0, 80],
      [2, 600_000, 600_080],
    ]);
    const second = (await (await transcript(guid, 'leg=2')).json()) as Transcript;
    expect(second.lines.map(({ leg, startMs }) => [leg, startMs])).toEqual([[2, 0]]);
    expect((await transcript(guid, 'leg=3')).status).toBe(404);
  });

  it('writes WebVTT with voices, escaped, and a note between legs', async () => {
    const { guid } = await call([1, 1]);
    const response = await transcript(guid, 'format=vtt');
    expect(response.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(await response.text()).toBe(
      [
        'WEBVTT\n',
        '01GMXE90AEV7H3J4DPBDK00001\n00:00:00.000 --> 00:00:00.080',
        '<v Customer>said 1 &lt;b&gt; &amp; --&gt; x\n',
        'NOTE Leg 2, from 2026-11-23T12:10:02.000Z\n',
        '01GMXE90AEV7H3J4DPBDK00002\n00:10:00.000 --> 00:10:00.080',
        '<v Customer>said 2 &lt;b&gt; &amp; --&gt; x\n',
      ].join('\n'),
    );
  });

  it('writes SubRip and plain text', async () => {
    const { guid } = await call([1, 1]);
    expect(await (await transcript(guid, 'format=srt')).text()).toBe(
      '1\n00:00:00,000 --> 00:00:00,080\nCustomer: said 1 ‹b› & --› x\n\n' +
        '2\n00:10:00,000 --> 00:10:00,080\nCustomer: said 2 ‹b› & --› x\n',
    );
    expect(await (await transcript(guid, 'format=txt')).text()).toBe(
      '[00:00:00] Customer: said 1 <b> & --> x\n-- leg 2, from 2026-11-23T12:10:02.000Z\n' +
        '[00:10:00] Customer: said 2 <b> & --> x\n',
    );
  });

  it.each([
    { given: ['nobody', ''], want: 404 },
    { given: ['nobody', 'format=pdf'], want: 400 },
    { given: ['nobody', 'leg=0'], want: 400 },
  ])('refuses $given with $want as a problem', async ({ given: [guid = '', query = ''], want }) => {
    const response = await transcript(guid, query);
    expect(response.status).toBe(want);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});
