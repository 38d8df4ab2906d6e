import { afterEach, describe, expect, it } from 'vitest';
import type { KvsEmulator } from '../kvs-emulator.ts';
import {
  bodyOf,
  clusterTimes,
  getMedia,
  payloadOf,
  playedStream,
  post,
  put,
  sideOf,
  STREAM,
  tagValues,
} from '../../testing/played-stream.ts';
import type { Fault, FragmentFault } from './fault.ts';

const CUSTOMER = 'AUDIO_FROM_CUSTOMER';
const AGENT = 'AUDIO_TO_CUSTOMER';
const running: KvsEmulator[] = [];

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.close();
});

async function setUp(fragments: number, ...faults: readonly Fault[]): Promise<KvsEmulator> {
  const emulator = await playedStream(fragments);
  running.push(emulator);
  emulator.setFaults({ streamName: STREAM, faults });
  return emulator;
}

function struck(emulator: KvsEmulator): unknown[] {
  return emulator.faultLog(STREAM).map(({ kind, ordinal, atByte }) => [kind, ordinal, atByte]);
}

describe('request faults', () => {
  it.each([
    { error: 'not-found', status: 404, type: 'ResourceNotFoundException' },
    { error: 'connection-limit', status: 400, type: 'ConnectionLimitExceededException' },
    { error: 'throttled', status: 400, type: 'ClientLimitExceededException' },
    { error: 'access-denied', status: 403, type: 'AccessDeniedException' },
    { error: 'expired-token', status: 403, type: 'ExpiredTokenException' },
    { error: 'invalid-endpoint', status: 400, type: 'InvalidEndpointException' },
    { error: 'server-error', status: 500, type: 'InternalFailure' },
  ] as const)('refuse with $error as often as told, then serve', async ({ error, status, type }) => {
    const emulator = await setUp(1, { kind: 'refuse', error, times: 2 });
    const input = { StreamName: STREAM, StartSelector: { StartSelectorType: 'EARLIEST' } };
    for (let i = 0; i < 2; i += 1) {
      const answer = await post(emulator, 'getMedia', input);
      expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([status, type]);
    }
    expect(clusterTimes((await getMedia(emulator)).events)).toEqual([1000]);
    expect(emulator.faultLog(STREAM)).toMatchObject([
      { kind: 'refuse', operation: 'GetMedia' },
      { kind: 'refuse', operation: 'GetMedia' },
    ]);
  });

  it('close the socket without an answer, for the operation named', async () => {
    const operation = 'GetDataEndpoint';
    const emulator = await setUp(1, { kind: 'refuse', operation, error: 'no-answer' });
    const input = { StreamName: STREAM, APIName: 'GET_MEDIA' };
    await expect(post(emulator, 'getDataEndpoint', input)).rejects.toThrow('fetch failed');
    expect((await post(emulator, 'getDataEndpoint', input)).status).toBe(200);
  });
});

describe('body faults', () => {
  it('cut the connection after exactly that many bytes, once for all connections', async () => {
    const emulator = await setUp(3, { kind: 'cut', afterBytes: 5000 });
    const first = await getMedia(emulator);
    expect([first.isCut, first.bytes.length]).toEqual([true, 5000]);
    const second = await getMedia(emulator);
    expect([second.isCut, clusterTimes(second.events)]).toEqual([false, [1000, 2000, 3000]]);
    expect(struck(emulator)).toEqual([['cut', 0, 5000]]);
  });

  it('end the body in order within an element', async () => {
    const emulator = await setUp(3, { kind: 'end', afterBytes: 12_345 });
    const body = await getMedia(emulator);
    expect([body.isCut, body.bytes.length]).toEqual([false, 12_345]);
  });

  it('strike one after the other where a response meets several', async () => {
    const emulator = await setUp(
      3,
      { kind: 'cut', afterBytes: 9000 },
      { kind: 'end', afterBytes: 400 },
      { kind: 'cut', afterBytes: 0 },
    );
    const ends = [await getMedia(emulator), await getMedia(emulator), await getMedia(emulator)];
    expect(ends.map(({ isCut, bytes }) => [isCut, bytes.length])).toEqual([
      [true, 0],
      [false, 400],
      [true, 9000],
    ]);
  });

  it('end the session after whole fragments as often as told', async () => {
    const emulator = await setUp(5, { kind: 'session-end', afterFragments: 2, times: 2 });
    const first = await getMedia(emulator);
    const after = tagValues(first.events, 'AWS_KINESISVIDEO_CONTINUATION_TOKEN').at(-1);
    const second = await getMedia(emulator, {
      StartSelectorType: 'CONTINUATION_TOKEN',
      ContinuationToken: after,
    });
    const all = await getMedia(emulator);
    expect([first, second, all].map(({ events }) => clusterTimes(events))).toEqual([
      [1000, 2000],
      [3000, 4000],
      [1000, 2000, 3000, 4000, 5000],
    ]);
    expect(first.events.at(-1)).toMatchObject({ type: 'documentEnd' });
  });

  it('let a session get on whose fragments are repeated', async () => {
    const emulator = await setUp(
      4,
      { kind: 'session-end', afterFragments: 1 },
      { kind: 'repeat-on-reconnect', fragments: 3 },
    );
    const bodies: number[][] = [];
    for (let seconds = 1; seconds <= 3; seconds += 1) {
      const from = { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: seconds };
      bodies.push(clusterTimes((await getMedia(emulator, from)).events));
    }
    expect(bodies).toEqual([[1000], [1000, 2000], [1000, 2000, 3000]]);
  });

  it('stall once and go on with the byte after', async () => {
    const emulator = await setUp(2, { kind: 'stall', afterBytes: 700, forMs: 30 });
    const startedAtMs = performance.now();
    const body = await getMedia(emulator);
    expect(performance.now() - startedAtMs).toBeGreaterThan(25);
    expect(payloadOf(body.events, CUSTOMER)).toEqual(Buffer.concat([sideOf(0, 1), sideOf(1, 1)]));
    expect(struck(emulator)).toEqual([['stall', 0, 700]]);
  });

  it('give the body byte by byte', async () => {
    const emulator = await setUp(1, { kind: 'chunks', bytes: 1 });
    const body = await getMedia(emulator);
    expect(body.chunks).toBeGreaterThan(body.bytes.length / 2);
    expect(payloadOf(body.events, AGENT)).toEqual(sideOf(0, 2));
  });

  it('end the body with an error document', async () => {
    const emulator = await setUp(3, {
      kind: 'error-document',
      afterFragments: 1,
      errorId: '4500',
      errorCode: 'KMS_KEY_ACCESS_DENIED',
    });
    const { events } = await getMedia(emulator);
    expect(clusterTimes(events)).toEqual([1000]);
    expect(tagValues(events, 'AWS_KINESISVIDEO_ERROR_ID')).toEqual(['4500']);
    expect(tagValues(events, 'AWS_KINESISVIDEO_ERROR_CODE')).toEqual(['KMS_KEY_ACCESS_DENIED']);
  });

  it('repeat fragments at the beginning of every response but the first', async () => {
    const emulator = await setUp(4, { kind: 'repeat-on-reconnect', fragments: 2 });
    const from = { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: 4 };
    expect(clusterTimes((await getMedia(emulator, from)).events)).toEqual([4000]);
    expect(clusterTimes((await getMedia(emulator, from)).events)).toEqual([2000, 3000, 4000]);
    expect(clusterTimes((await getMedia(emulator)).events)).toEqual([1000, 2000, 3000, 4000]);
    expect(struck(emulator)).toEqual([['repeat-on-reconnect', 1, undefined]]);
  });
});

describe('fragment faults', () => {
  const fragments = { ordinals: [1] };

  it('leave a fragment out of media, selectors and lists', async () => {
    const emulator = await setUp(4, { kind: 'missing', fragments: { every: 3 } });
    expect(clusterTimes((await getMedia(emulator)).events)).toEqual([2000, 3000]);
    const now = await getMedia(emulator, { StartSelectorType: 'NOW' });
    expect(clusterTimes(now.events)).toEqual([3000]);
    const hidden = emulator.fragments(STREAM)[0]?.number;
    const after = { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: hidden };
    const error = await getMedia(emulator, after);
    expect(tagValues(error.events, 'AWS_KINESISVIDEO_ERROR_ID')).toEqual(['4000']);
    const list = await (await post(emulator, 'listFragments', { StreamName: STREAM })).json();
    expect(list).toMatchObject({ Fragments: [{ ProducerTimestamp: 3 }, { ProducerTimestamp: 2 }] });
    expect(struck(emulator).map((strike) => [strike].flat().slice(0, 2))).toEqual([
      ['missing', 0],
      ['missing', 3],
    ]);
  });

  it('give one to another contact', async () => {
    const emulator = await setUp(3, { kind: 'foreign-contact', contactId: 'c-2', fragments });
    const contacts = tagValues((await getMedia(emulator)).events, 'ContactId');
    expect(contacts).toEqual(['c-1', 'c-1', 'c-2', 'c-2', 'c-1', 'c-1']);
  });

  it('take its identity away', async () => {
    const emulator = await setUp(2, { kind: 'no-identity', fragments });
    const { events } = await getMedia(emulator);
    expect(tagValues(events, 'ContactId')).toEqual(['c-1', 'c-1']);
    expect(tagValues(events, 'MimeType')).toHaveLength(2);
    expect(payloadOf(events, AGENT)).toEqual(Buffer.concat([sideOf(0, 2), sideOf(1, 2)]));
  });

  it('number its tracks the other way round', async () => {
    const emulator = await setUp(2, { kind: 'swap-tracks', fragments });
    const { events } = await getMedia(emulator);
    const named = events.flatMap((e) => (e.type === 'track' ? [[e.track.number, e.track.name]] : []));
    expect(named).toEqual([
      [1, CUSTOMER],
      [2, AGENT],
      [1, AGENT],
      [2, CUSTOMER],
    ]);
    expect(payloadOf(events, CUSTOMER)).toEqual(Buffer.concat([sideOf(0, 1), sideOf(1, 1)]));
  });

  it('leave one side of it', async () => {
    const emulator = await setUp(2, { kind: 'one-track', role: 'agent', fragments });
    const { events } = await getMedia(emulator);
    expect(payloadOf(events, CUSTOMER)).toEqual(sideOf(0, 1));
    expect(payloadOf(events, AGENT)).toEqual(Buffer.concat([sideOf(0, 2), sideOf(1, 2)]));
  });

  it('give the same PCM in short and odd blocks', async () => {
    const emulator = await setUp(2, { kind: 'short-blocks', bytes: 333, fragments });
    const { events } = await getMedia(emulator);
    expect(payloadOf(events, CUSTOMER)).toEqual(Buffer.concat([sideOf(0, 1), sideOf(1, 1)]));
    const times = events.flatMap((e) => (e.type === 'block' && e.trackNumber === 1 ? [e.timestampMs] : []));
    expect(times.slice(4, 9)).toEqual([2000, 2021, 2042, 2062, 2064]);
  });

  it('set its server time off', async () => {
    const emulator = await setUp(2, { kind: 'clock-skew', serverAheadMs: -60_000, fragments });
    const { events } = await getMedia(emulator);
    const [first = 0, second = 0] = tagValues(events, 'AWS_KINESISVIDEO_SERVER_TIMESTAMP').map(Number);
    expect(Math.round(first - second)).toBe(60);
  });

  it('add a tag that is not UTF-8', async () => {
    const emulator = await setUp(2, { kind: 'broken-tag', fragments });
    const { events } = await getMedia(emulator);
    expect(tagValues(events, 'Note')[0]).toContain('\uFFFD');
    expect(payloadOf(events, AGENT)).toEqual(Buffer.concat([sideOf(0, 2), sideOf(1, 2)]));
  });

  const encodings = ['void', 'crc32', 'eightByteSizes', 'knownSizes', 'blockGroups'] as const;
  const all = { void: true, crc32: true, eightByteSizes: true, knownSizes: true, blockGroups: true } as const;
  it.each([
    ...encodings.map((name) => ({ name, encoding: { [name]: true } })),
    { name: 'all', encoding: all },
  ])('write it with $name and mean the same', async ({ encoding }) => {
    const emulator = await setUp(2, { kind: 'encoding', ...encoding, fragments });
    const { events } = await getMedia(emulator);
    expect(events.filter(({ type }) => type === 'problem')).toEqual([]);
    for (const [name, track] of [
      [CUSTOMER, 1],
      [AGENT, 2],
    ] as const)
      expect(payloadOf(events, name)).toEqual(Buffer.concat([sideOf(0, track), sideOf(1, track)]));
    expect(tagValues(events, 'ContactId')).toEqual(['c-1', 'c-1', 'c-1', 'c-1']);
    expect(tagValues(events, 'AWS_KINESISVIDEO_CONTINUATION_TOKEN')).toHaveLength(2);
    expect(clusterTimes(events)).toEqual([1000, 2000]);
  });

  it.each([{ how: 'random', bytes: 200 }, { how: 'missing', bytes: 300 }, { how: 'zeroed-header' }] as const)(
    'spoil it: $how, the same bytes on every read',
    async (damage) => {
      const fault: FragmentFault = { kind: 'damage', ...damage, seed: 7, fragments };
      const emulator = await setUp(3, fault);
      const [first, second] = [await getMedia(emulator), await getMedia(emulator)];
      expect(first.bytes.equals(second.bytes)).toBe(true);
      emulator.setFaults({ streamName: STREAM, faults: [] });
      const sound = await getMedia(emulator);
      expect(sound.bytes.length - first.bytes.length).toBe(damage.how === 'missing' ? 300 : 0);
      expect(first.bytes.equals(sound.bytes)).toBe(false);
      const third = payloadOf(first.events, CUSTOMER).subarray(-sideOf(2, 1).length);
      expect(third).toEqual(sideOf(2, 1));
      expect(emulator.faultLog(STREAM)).toMatchObject([
        { kind: 'damage', ordinal: 1 },
        { kind: 'damage', ordinal: 1 },
      ]);
    },
  );

  it('hold for archived media as for live, with the same PCM spoilt', async () => {
    const emulator = await setUp(2, { kind: 'damage', how: 'random', fragments });
    const [, number = ''] = emulator.fragments(STREAM).map((fragment) => fragment.number);
    const input = { StreamName: STREAM, Fragments: [number] };
    const archived = await bodyOf(emulator, 'getMediaForFragmentList', input);
    const live = await getMedia(emulator, { StartSelectorType: 'NOW' });
    const pcmOf = ({ events }: typeof live) =>
      Buffer.concat([payloadOf(events, CUSTOMER), payloadOf(events, AGENT)]);
    expect(pcmOf(archived).equals(pcmOf(live))).toBe(true);
    expect(pcmOf(archived).equals(Buffer.concat([sideOf(1, 1), sideOf(1, 2)]))).toBe(false);
  });

  it('hold for fragments that come while a reader waits', async () => {
    const emulator = await playedStream(1, { idleMsMax: 1500 });
    running.push(emulator);
    const fault: FragmentFault = {
      kind: 'damage',
      how: 'zeroed-header',
      fragments: { every: 1, offset: 1 },
    };
    emulator.setFaults({ streamName: STREAM, faults: [fault] });
    const reading = getMedia(emulator);
    await put(emulator, 5);
    const { events } = await reading;
    expect(events.some(({ type }) => type === 'problem')).toBe(true);
    expect(struck(emulator)).toEqual([['damage', 1, 0]]);
  });
});
