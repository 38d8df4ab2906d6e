import { createHash } from 'node:crypto';
import { ensureStream, openPutMedia, putCall, type PutCallOptions } from '@earshot/connect-producer';
import type { ParticipantRole } from '@earshot/domain';
import {
  errorReply,
  IDENTITY_TAG,
  KvsError,
  startKvsEmulator,
  streamNotFound,
  type Intercept,
  type KvsEmulatorOptions,
  type Reply,
} from '@earshot/kvs-emulator';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '@earshot/matroska';
import { createLogger } from '@earshot/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import type { CallMediaEvent, CallMediaRequest, CallMediaSource } from './call-media.ts';
import { createCallMediaSource, type CallMediaSourceOptions } from './create-call-media-source.ts';

const credentials = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
const logger = createLogger({ app: 'test', level: 'silent' });
const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of running.splice(0).toReversed()) await resource.close();
});

interface SetUp {
  readonly emulator?: KvsEmulatorOptions;
  readonly source?: Partial<CallMediaSourceOptions>;
  readonly identity?: string;
}

async function setUp({ emulator: options = {}, source: sourceOptions = {}, identity = 'both' }: SetUp = {}) {
  const emulator = await startKvsEmulator({ drainMsMax: 20, idleMsMax: 5000, ...options });
  const endpointUrl = emulator.url;
  const { streamArn } = await ensureStream({
    endpointUrl,
    streamName: 's',
    tags: { [IDENTITY_TAG]: identity },
  });
  const source = createCallMediaSource({ endpointUrl, credentials, logger, ...sourceOptions });
  running.push(emulator, source);
  const play = (call: Partial<PutCallOptions> & Pick<PutCallOptions, 'tracks'>) => {
    const fast = { contactId: 'c-1', speed: Number.POSITIVE_INFINITY, streamName: 's' };
    return putCall({ ...fast, ...call, endpointUrl });
  };
  return { endpointUrl, streamArn, source, play };
}

/** No two blocks alike, and the magic of an EBML header here and there. */
function pcm(bytes: number, seed: number): Uint8Array {
  const made = Uint8Array.from(
    { length: bytes },
    (_, index) => (index * 7 + (index >> 8) * 13 + seed) & 0xff,
  );
  for (let at = 500; at + 4 <= bytes; at += 5000) made.set([0x1a, 0x45, 0xdf, 0xa3], at);
  return made;
}

/** `seconds` of both sides, the last block of the customer shorter. */
function speech(seconds: number, seed: number): Record<ParticipantRole, Uint8Array> {
  return { customer: pcm(seconds * 16_000 - 192, seed), agent: pcm(seconds * 16_000, seed + 101) };
}

function now(streamArn: string, guid = 'c-1', acceptedAtMs = 0): CallMediaRequest {
  const start = { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs } as const;
  return { streamArn, guid, start, signal: new AbortController().signal };
}

function atFragment(streamArn: string, afterFragmentNumber = '', guid = 'not-a-contact'): CallMediaRequest {
  const selector = { type: 'FRAGMENT_NUMBER', afterFragmentNumber } as const;
  const start = { type: 'selector', selector, acceptedAtMs: Date.now() } as const;
  return { streamArn, guid, start, signal: new AbortController().signal };
}

class Heard {
  readonly events: CallMediaEvent[] = [];

  bytes(role: ParticipantRole): Buffer {
    return Buffer.concat(
      this.events.flatMap((event) => (event.type === 'audio' && event.role === role ? [event.pcm] : [])),
    );
  }

  get audioBytes(): number {
    return this.events.reduce((sum, event) => sum + (event.type === 'audio' ? event.pcm.length : 0), 0);
  }

  of<Type extends CallMediaEvent['type']>(type: Type): Extract<CallMediaEvent, { type: Type }>[] {
    return this.events.filter(
      (event): event is Extract<CallMediaEvent, { type: Type }> => event.type === type,
    );
  }
}

/** Reads until an event says so, or the media is over. */
async function listen(
  source: CallMediaSource,
  request: CallMediaRequest,
  isEnough: (event: CallMediaEvent, heard: Heard) => boolean = () => false,
): Promise<Heard> {
  const heard = new Heard();
  for await (const event of source.open(request)) {
    heard.events.push(event);
    if (isEnough(event, heard)) break;
  }
  return heard;
}

/** Everything that was played was heard, and the fragment it stood in has ended. */
function whole(...played: readonly Readonly<Record<ParticipantRole, Uint8Array>>[]) {
  const want = played.reduce((sum, { customer, agent }) => sum + customer.length + agent.length, 0);
  return (event: CallMediaEvent, heard: Heard) => event.type === 'fragmentEnd' && heard.audioBytes >= want;
}

/** What each side said, short enough to compare. */
function heardOf(heard: Heard): Record<ParticipantRole, string> {
  return { customer: digest(heard.bytes('customer')), agent: digest(heard.bytes('agent')) };
}

function saidIn(played: Readonly<Record<ParticipantRole, Uint8Array>>): Record<ParticipantRole, string> {
  return { customer: digest(played.customer), agent: digest(played.agent) };
}

function digest(bytes: Uint8Array): string {
  return `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Changes the bodies of GetMedia, the first one first; further ones pass. */
function onBodies(...change: ((body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>)[]): Intercept {
  return async (call, proceed) => {
    const reply = await proceed();
    if (call.operation !== 'GetMedia' || reply.body instanceof Uint8Array) return reply;
    const next = change.shift();
    return next === undefined ? reply : { ...reply, body: next(reply.body) };
  };
}

function firstBytes(bytesMax: number, end: 'cut' | 'end') {
  return async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let rest = bytesMax;
    for await (const chunk of body) {
      yield chunk.subarray(0, rest);
      rest -= chunk.length;
      if (rest > 0) continue;
      if (end === 'end') return;
      // What was written leaves before the connection breaks.
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('cut');
    }
  };
}

function onOperation(operation: string, times: number, reply: () => Reply): Intercept {
  let left = times;
  return async (call, proceed) => {
    if (call.operation !== operation || left === 0) return proceed();
    left -= 1;
    return reply();
  };
}

describe('createCallMediaSource', () => {
  describe.each([{ identity: 'leading' }, { identity: 'trailing' }, { identity: 'both' }])(
    'with identity tags $identity',
    ({ identity }) => {
      it('gives every byte of both sides of a call that begins after NOW', async () => {
        const { streamArn, source, play } = await setUp({ identity });
        const tracks = speech(4, 1);
        const startAtMs = 1_700_000_000_000;
        const listening = listen(source, now(streamArn, 'c-1', Date.now()), whole(tracks));
        const played = await play({ tracks, startAtMs });
        const heard = await listening;
        const { events } = heard;
        expect(heardOf(heard)).toEqual(saidIn(tracks));
        const kinds = events.filter(({ type }) => type !== 'idle').map(({ type }) => type);
        expect(kinds.slice(0, 3)).toEqual(['contact', 'fragment', 'audio']);
        expect(events.filter(({ type }) => type === 'fragmentEnd')).toHaveLength(played.fragments);
        expect(events.find(({ type }) => type === 'fragment')).toMatchObject({
          fragmentNumber: played.firstFragmentNumber,
          producerTimestampMs: startAtMs,
          contactId: 'c-1',
        });
        expect(events.find(({ type }) => type === 'audio')).toMatchObject({ mediaMs: startAtMs });
      });

      it('gives the fragment that FRAGMENT_NUMBER names and none before it', async () => {
        const { streamArn, source, play } = await setUp({ identity });
        await play({ tracks: speech(3, 50), contactId: 'before', startAtMs: 1_700_000_000_000 });
        const tracks = speech(3, 1);
        const { firstFragmentNumber } = await play({ tracks, startAtMs: 1_700_000_004_000 });
        const heard = await listen(source, atFragment(streamArn, firstFragmentNumber), whole(tracks));
        expect(heardOf(heard)).toEqual(saidIn(tracks));
        expect(heard.of('contact')).toEqual([{ type: 'contact', contactId: 'c-1' }]);
        expect(heard.of('problem')).toEqual([]);
      });

      it.each([{ withTime: true }, { withTime: false }])(
        'resumes at a fragment, inclusive ($withTime)',
        async ({ withTime }) => {
          const { streamArn, source, play } = await setUp({ identity });
          const tracks = speech(5, 1);
          await play({ tracks, startAtMs: 1_700_000_000_000 });
          const first = await listen(source, now(streamArn), (event, { events }) => {
            return event.type === 'fragment' && events.filter(({ type }) => type === 'fragment').length === 3;
          });
          const third = first.of('fragment')[2];
          const start: CallMediaRequest['start'] = {
            type: 'resume',
            fromFragmentNumber: third?.fragmentNumber ?? '',
            ...(withTime ? { fromProducerTimestampMs: third?.producerTimestampMs ?? 0 } : {}),
            latchedContactId: 'c-1',
          };
          const rest = {
            customer: tracks.customer.subarray(2 * 16_384),
            agent: tracks.agent.subarray(2 * 16_384),
          };
          const heard = await listen(source, { ...now(streamArn), start }, whole(rest));
          expect(heardOf(heard)).toEqual(saidIn(rest));
          expect(heard.of('contact')).toEqual([]);
        },
      );

      it('ends with the contact, without a frame of the next one', async () => {
        const { streamArn, source, play } = await setUp({ identity });
        const tracks = speech(3, 1);
        await play({ tracks, startAtMs: 1_700_000_000_000 });
        await play({ tracks: speech(3, 77), contactId: 'c-2', startAtMs: 1_700_000_003_000 });
        const heard = await listen(source, now(streamArn));
        expect(heardOf(heard)).toEqual(saidIn(tracks));
        expect(heard.events.at(-1)).toEqual({ type: 'end', reason: 'contact-changed' });
      });
    },
  );

  it.each([
    { end: 'cut', bytes: [700, 3000, 20_000, 40_000, 41_234] },
    { end: 'end', bytes: [900, 2600, 30_000, 60_001, 35_000] },
  ] as const)('loses and doubles nothing when bodies are $end within fragments', async ({ end, bytes }) => {
    const intercept = onBodies(...bytes.map((count) => firstBytes(count, end)));
    const { streamArn, source, play } = await setUp({ emulator: { intercept } });
    const tracks = speech(4, 1);
    await play({ tracks, startAtMs: 1_700_000_000_000 });
    const heard = await listen(source, now(streamArn), whole(tracks));
    expect(heardOf(heard)).toEqual(saidIn(tracks));
    expect(heard.of('reconnected').length).toBe(bytes.length);
    expect(heard.of('fragment').length).toBe(heard.of('fragmentEnd').length);
  });

  it('reads the same from a body that comes byte by byte', async () => {
    const crumbs = async function* (body: AsyncIterable<Uint8Array>) {
      for await (const chunk of body)
        for (let at = 0; at < chunk.length; at += 1) yield chunk.subarray(at, at + 1);
    };
    const { streamArn, source, play } = await setUp({ emulator: { intercept: onBodies(crumbs) } });
    const tracks = speech(1, 1);
    await play({ tracks });
    expect(heardOf(await listen(source, now(streamArn), whole(tracks)))).toEqual(saidIn(tracks));
  });

  it('loses at most the damaged fragment', async () => {
    const damage = async function* (body: AsyncIterable<Uint8Array>) {
      let at = 0;
      for await (const chunk of body) {
        // Within the second fragment, across blocks.
        chunk.subarray(Math.max(0, 50_000 - at), Math.max(0, 52_500 - at)).fill(0x55);
        at += chunk.length;
        yield chunk;
      }
    };
    const { streamArn, source, play } = await setUp({ emulator: { intercept: onBodies(damage) } });
    const tracks = speech(4, 1);
    const { lastFragmentNumber } = await play({ tracks, startAtMs: 1_700_000_000_000 });
    const heard = await listen(source, now(streamArn), (event) => {
      return event.type === 'fragmentEnd' && event.fragmentNumber === lastFragmentNumber;
    });
    expect(heard.of('problem').map(({ code }) => code)).toContain('media.damaged');
    const lostBytes = tracks.customer.length + tracks.agent.length - heard.audioBytes;
    expect(lostBytes).toBeGreaterThan(0);
    expect(lostBytes).toBeLessThanOrEqual(2 * 16_384);
  });

  it('gives audio while its fragment still grows', async () => {
    const { endpointUrl, streamArn, source } = await setUp({ identity: 'leading' });
    const payload = pcm(1024, 1);
    const upload = openPutMedia({ endpointUrl, streamName: 's' });
    const heard = listen(source, now(streamArn), ({ type }) => type === 'audio');
    await upload.write(
      Buffer.concat([
        muxHeader({ tracks: [{ number: 1, trackType: 2, name: 'AUDIO_FROM_CUSTOMER', codecId: 'A_AAC' }] }),
        muxTags([{ name: 'ContactId', value: 'c-1' }]),
        muxClusterStart(1_700_000_000_000),
        muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload }),
      ]),
    );
    expect((await heard).bytes('customer').equals(payload)).toBe(true);
    upload.abort();
  });

  it('tells the sides apart by name whatever the track numbers', async () => {
    const { streamArn, source, play } = await setUp();
    const tracks = speech(2, 1);
    await play({ tracks, trackNumbers: { customer: 2, agent: 1 } });
    expect(heardOf(await listen(source, now(streamArn), whole(tracks)))).toEqual(saidIn(tracks));
  });

  it('counts fragments without a ContactId to the contact before them', async () => {
    const { endpointUrl, streamArn, source } = await setUp();
    const header = muxHeader({
      tracks: [{ number: 1, trackType: 2, name: 'AUDIO_FROM_CUSTOMER', codecId: 'A_AAC' }],
    });
    const upload = openPutMedia({ endpointUrl, streamName: 's' });
    const contacts = ['c-1', undefined, 'c-1', undefined, 'c-2'];
    for (const [index, contactId] of contacts.entries()) {
      const payload = pcm(1024, index);
      const tags = contactId === undefined ? [] : [muxTags([{ name: 'ContactId', value: contactId }])];
      const block = muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload });
      await upload.write(
        Buffer.concat([header, ...tags, muxClusterStart(1_700_000_000_000 + index * 64), block]),
      );
    }
    await upload.finish();
    const heard = await listen(source, {
      ...now(streamArn),
      start: {
        type: 'resume',
        fromFragmentNumber: '0',
        fromProducerTimestampMs: 1_700_000_000_000,
        latchedContactId: undefined,
      },
    });
    expect(heard.bytes('customer').equals(Buffer.concat([0, 1, 2, 3].map((seed) => pcm(1024, seed))))).toBe(
      true,
    );
    expect(heard.events.at(-1)).toEqual({ type: 'end', reason: 'contact-changed' });
    expect(heard.of('problem').at(-1)).toMatchObject({ code: 'media.track-missing' });
  });

  it('waits for a stream that appears late', async () => {
    const intercept = onOperation('GetDataEndpoint', 2, () => errorReply(streamNotFound('s')));
    const { streamArn, source, play } = await setUp({ emulator: { intercept } });
    const tracks = speech(1, 1);
    await play({ tracks });
    expect(heardOf(await listen(source, now(streamArn), whole(tracks)))).toEqual(saidIn(tracks));
  });

  it.each([
    {
      given: 'a missing stream',
      reply: streamNotFound('s'),
      want: 'media.stream-not-found',
      retryable: true,
    },
    {
      given: 'a reader limit',
      reply: new KvsError(400, 'ConnectionLimitExceededException', ''),
      want: 'media.connection-limit',
      retryable: true,
    },
    {
      given: 'a refusal',
      reply: new KvsError(401, 'NotAuthorizedException', ''),
      want: 'media.access-denied',
      retryable: false,
    },
    {
      given: 'a broken service',
      reply: new KvsError(500, 'InternalFailure', ''),
      want: 'media.service-error',
      retryable: true,
    },
  ])('throws $want for $given that stays', async ({ reply, want, retryable }) => {
    const intercept = onOperation('GetMedia', Number.POSITIVE_INFINITY, () => errorReply(reply));
    const { streamArn, source } = await setUp({ emulator: { intercept }, source: { openRetryMsMax: 300 } });
    const error = await listen(source, now(streamArn)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: want, retryable, publicMessage: expect.stringMatching(/\S/) });
  });

  it('throws media.kms when the service tells it within the body', async () => {
    const body = Buffer.concat([
      muxHeader({ tracks: [] }),
      muxTags([
        { name: 'AWS_KINESISVIDEO_ERROR_ID', value: '4500' },
        { name: 'AWS_KINESISVIDEO_ERROR_CODE', value: 'KMS_KEY_ACCESS_DENIED' },
      ]),
    ]);
    const intercept = onOperation('GetMedia', 1, () => ({ status: 200, headers: {}, body }));
    const { streamArn, source } = await setUp({ emulator: { intercept } });
    await expect(listen(source, now(streamArn))).rejects.toMatchObject({
      code: 'media.kms',
      retryable: false,
    });
  });

  it('gets in when a reader of a full stream leaves', async () => {
    const { endpointUrl, streamArn, source, play } = await setUp();
    const tracks = speech(1, 1);
    await play({ tracks });
    const leave = new AbortController();
    const body = JSON.stringify({ StreamARN: streamArn, StartSelector: { StartSelectorType: 'NOW' } });
    for (let reader = 0; reader < 3; reader += 1) {
      await fetch(`${endpointUrl}/getMedia`, { method: 'POST', body, signal: leave.signal });
    }
    const heard = listen(source, now(streamArn), (event, soFar) => {
      if (event.type === 'idle') leave.abort();
      return whole(tracks)(event, soFar);
    });
    expect(heardOf(await heard)).toEqual(saidIn(tracks));
  });

  it('falls back to the time of the call when the named fragment is gone', async () => {
    const { streamArn, source, play } = await setUp();
    const tracks = speech(1, 1);
    const heard = listen(source, atFragment(streamArn, '9'.repeat(47), 'c-1'), whole(tracks));
    await play({ tracks });
    expect(heardOf(await heard)).toEqual(saidIn(tracks));
    expect((await heard).of('problem')).toMatchObject([{ code: 'media.fragment-not-found' }]);
  });

  it('skips what another contact said before the call was accepted, and takes up an unknown contact after', async () => {
    const { streamArn, source, play } = await setUp();
    await play({ tracks: speech(1, 9), contactId: 'before', startAtMs: 1_700_000_000_000 });
    const tracks = speech(1, 1);
    const heard = listen(source, now(streamArn, 'not-a-contact', Date.now()), whole(tracks));
    await play({ tracks, contactId: 'c-1', startAtMs: 1_700_000_002_000 });
    expect(heardOf(await heard)).toEqual(saidIn(tracks));
  });

  it('says how long it is quiet and ends when no media comes any more', async () => {
    const { streamArn, source, play } = await setUp({
      emulator: { idleMsMax: 300 },
      source: { mediaIdleMsMax: 1500 },
    });
    const tracks = speech(1, 1);
    await play({ tracks });
    const heard = await listen(source, now(streamArn));
    expect(heardOf(heard)).toEqual(saidIn(tracks));
    expect(heard.events.at(-1)).toEqual({ type: 'end', reason: 'media-ended' });
    const idle = heard.of('idle').map(({ idleMs }) => idleMs);
    expect(idle.length).toBeGreaterThan(2);
    expect(heard.of('reconnected')[0]).toMatchObject({ reason: 'body-ended', attempt: 1 });
    // Back-off, not a spin: 0, 250 and 500 ms between bodies that last 300 ms each.
    expect(heard.of('reconnected').length).toBeLessThanOrEqual(4);
  });

  it.each([
    { given: 'while the call is silent', aheadMs: 0 },
    { given: 'with a clock that is ahead', aheadMs: 3_600_000 },
  ])(
    'begins at NOW when the accept time yields nothing $given, without what was said before',
    async ({ aheadMs }) => {
      const { streamArn, source, play } = await setUp({ source: { startSilenceMsMax: 300 } });
      await play({ tracks: speech(2, 50), startAtMs: 1_700_000_000_000 });
      const tracks = speech(2, 1);
      let playing: Promise<unknown> | undefined;
      const heard = await listen(source, now(streamArn, 'c-1', Date.now() + aheadMs), (event, soFar) => {
        // By then the accept time was given up.
        if (soFar.of('idle').length === 4) playing ??= play({ tracks, startAtMs: 1_700_000_009_000 });
        return whole(tracks)(event, soFar);
      });
      await playing;
      expect(heardOf(heard)).toEqual(saidIn(tracks));
    },
  );

  it('throws the reason of its signal and gives the socket back', async () => {
    const { streamArn, source, play } = await setUp({ source: { openRetryMsMax: 400 } });
    await play({ tracks: speech(1, 1) });
    const hangUp = new AbortController();
    const reason = new Error('worker stops');
    const request = { ...now(streamArn), signal: hangUp.signal };
    // A stream takes three readers: the fourth hears something only if those before it have left.
    for (let reader = 0; reader < 3; reader += 1)
      await listen(source, request, ({ type }) => type === 'audio');
    const heard = listen(source, request, ({ type }) => {
      if (type === 'audio') hangUp.abort(reason);
      return false;
    });
    await expect(heard).rejects.toBe(reason);
  });

  it('ends open calls when it is closed', async () => {
    const { streamArn, source } = await setUp();
    const heard = listen(source, now(streamArn), ({ type }) => {
      if (type === 'idle') void source.close();
      return false;
    });
    await expect(heard).rejects.toMatchObject({ code: 'media.closed', retryable: true });
  });

  it('serves 60 readers at once', async () => {
    const { endpointUrl, source } = await setUp();
    const tracks = speech(1, 1);
    const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    const arns = await Promise.all(names.map((streamName) => ensureStream({ endpointUrl, streamName })));
    const readers = arns.flatMap(({ streamArn }) =>
      [0, 1, 2].map(() => listen(source, now(streamArn), whole(tracks))),
    );
    const calls = names.map((streamName) => {
      return putCall({ endpointUrl, streamName, contactId: 'c-1', tracks, speed: 2 });
    });
    for (const heard of await Promise.all(readers)) expect(heardOf(heard)).toEqual(saidIn(tracks));
    await Promise.all(calls);
  });
});
