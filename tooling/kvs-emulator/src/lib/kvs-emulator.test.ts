import { once } from 'node:events';
import { request as httpRequest, type ClientRequest } from 'node:http';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamCommand,
  GetDataEndpointCommand,
  KinesisVideoClient,
  ListStreamsCommand,
} from '@aws-sdk/client-kinesis-video';
import {
  GetMediaCommand,
  KinesisVideoMediaClient,
  type StartSelector,
} from '@aws-sdk/client-kinesis-video-media';
import {
  demux,
  muxClusterStart,
  muxHeader,
  muxSimpleBlock,
  muxTags,
  type MatroskaEvent,
} from '@earshot/matroska';
import { afterEach, describe, expect, it } from 'vitest';
import { startKvsEmulator, type KvsEmulator, type KvsEmulatorOptions } from './kvs-emulator.ts';
import { IDENTITY_TAG } from './operations/stream-administration.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const region = 'us-east-1';
const running: { close(): unknown }[] = [];

afterEach(async () => {
  for (const resource of running.splice(0).toReversed()) await resource.close();
});

async function setUp(options: KvsEmulatorOptions = {}) {
  const emulator = await startKvsEmulator({ drainMsMax: 50, idleMsMax: 150, ...options });
  const control = new KinesisVideoClient({ region, credentials, endpoint: emulator.url });
  const media = new KinesisVideoMediaClient({ region, credentials, endpoint: emulator.url, maxAttempts: 1 });
  running.push(emulator, { close: () => control.destroy() }, { close: () => media.destroy() });
  return { emulator, control, media };
}

const TRACKS = [
  {
    number: 1,
    trackType: 2,
    name: 'AUDIO_FROM_CUSTOMER',
    codecId: 'A_AAC',
    codecPrivate: Uint8Array.of(0x11, 0x90),
  },
  {
    number: 2,
    trackType: 2,
    name: 'AUDIO_TO_CUSTOMER',
    codecId: 'A_AAC',
    codecPrivate: Uint8Array.of(0x11, 0x90),
  },
];

const HEADER = muxHeader({ tracks: TRACKS });

function contact(contactId: string): Uint8Array {
  return muxTags([{ name: 'ContactId', value: contactId }]);
}

/** One block of each track, filled with `value`. */
function cluster(timestampMs: number, value: number): Uint8Array {
  const payload = new Uint8Array(1024).fill(value);
  return Buffer.concat([
    muxClusterStart(timestampMs),
    muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 0, payload }),
    muxSimpleBlock({ trackNumber: 2, relativeTimestamp: 0, payload }),
  ]);
}

function openPut(emulator: KvsEmulator, streamName: string): ClientRequest {
  const request = httpRequest(`${emulator.url}/putMedia`, {
    method: 'POST',
    headers: { 'x-amzn-stream-name': streamName },
  });
  request.on('error', () => undefined);
  return request;
}

interface Answer {
  readonly status: number | undefined;
  readonly lines: Record<string, unknown>[];
}

async function answerOf(request: ClientRequest): Promise<Answer> {
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const lines = text.split('\n').filter((line) => line !== '');
  return {
    status: response.statusCode,
    lines: lines.map((line): Record<string, unknown> => JSON.parse(line)),
  };
}

async function put(emulator: KvsEmulator, streamName: string, ...parts: Uint8Array[]): Promise<Answer> {
  const request = openPut(emulator, streamName);
  request.end(Buffer.concat(parts));
  return answerOf(request);
}

async function read(
  media: KinesisVideoMediaClient,
  StreamName: string,
  StartSelector: StartSelector,
): Promise<MatroskaEvent[]> {
  const { Payload } = await media.send(new GetMediaCommand({ StreamName, StartSelector }));
  const events: MatroskaEvent[] = [];
  for await (const event of demux(bytesOf(Payload))) events.push(event);
  return events;
}

async function* bytesOf(payload: unknown): AsyncGenerator<Uint8Array> {
  if (typeof payload !== 'object' || payload === null || !(Symbol.asyncIterator in payload)) return;
  for await (const chunk of payload as AsyncIterable<Uint8Array>) yield chunk;
}

function firstBytes(events: readonly MatroskaEvent[]): (number | undefined)[] {
  return events.flatMap((event) =>
    event.type === 'block' && event.trackNumber === 1 ? [event.frames[0]?.[0]] : [],
  );
}

function tagValues(events: readonly MatroskaEvent[], name: string): string[] {
  return events.flatMap((event) => (event.type === 'tag' && event.name === name ? [event.value] : []));
}

async function streamOfThree() {
  const setup = await setUp();
  await setup.control.send(new CreateStreamCommand({ StreamName: 's' }));
  const { lines } = await put(
    setup.emulator,
    's',
    HEADER,
    contact('c-1'),
    cluster(1000, 1),
    cluster(2000, 2),
    cluster(3000, 3),
  );
  const numbers = lines.flatMap((line) =>
    line['EventType'] === 'BUFFERING' ? [String(line['FragmentNumber'])] : [],
  );
  return { ...setup, numbers };
}

describe('startKvsEmulator', () => {
  it('creates, describes, lists and deletes streams for the real SDK', async () => {
    const { control, emulator } = await setUp({ region: 'eu-west-2', accountId: '210987654321' });
    const { StreamARN } = await control.send(
      new CreateStreamCommand({ StreamName: 'a-1', DataRetentionInHours: 24 }),
    );
    await control.send(new CreateStreamCommand({ StreamName: 'b-1' }));
    expect(StreamARN).toMatch(/^arn:aws:kinesisvideo:eu-west-2:210987654321:stream\/a-1\/\d+$/);

    const { StreamInfo } = await control.send(new DescribeStreamCommand({ StreamName: 'a-1' }));
    expect(StreamInfo).toMatchObject({
      StreamARN,
      Status: 'ACTIVE',
      DataRetentionInHours: 24,
      CreationTime: expect.any(Date),
    });
    const listed = await control.send(new ListStreamsCommand({ MaxResults: 1 }));
    expect(listed.StreamInfoList?.map(({ StreamName }) => StreamName)).toEqual(['a-1']);
    const rest = await control.send(new ListStreamsCommand({ NextToken: listed.NextToken }));
    expect(rest.StreamInfoList?.map(({ StreamName }) => StreamName)).toEqual(['b-1']);

    const endpoint = await control.send(new GetDataEndpointCommand({ StreamARN, APIName: 'GET_MEDIA' }));
    expect(endpoint.DataEndpoint).toBe(emulator.url);
    await control.send(new DeleteStreamCommand({ StreamARN }));
    await expect(control.send(new DescribeStreamCommand({ StreamARN }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('refuses with the exceptions of the service', async () => {
    const { control, media } = await setUp();
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    await expect(control.send(new CreateStreamCommand({ StreamName: 's' }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(read(media, 'other', { StartSelectorType: 'NOW' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(
      read(media, 's', { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: 'x' }),
    ).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });

  it('acknowledges every Cluster as a fragment with a growing number of 47 digits', async () => {
    const { emulator, control } = await setUp();
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    const first = await put(emulator, 's', HEADER, contact('c-1'), cluster(1000, 1), cluster(2000, 2));
    const second = await put(emulator, 's', HEADER, contact('c-1'), cluster(3000, 3));
    const lines = [...first.lines, ...second.lines];
    expect(lines.map((line) => [line['EventType'], line['FragmentTimecode']])).toEqual(
      [1000, 2000, 3000].flatMap((at) => ['BUFFERING', 'RECEIVED', 'PERSISTED'].map((type) => [type, at])),
    );
    const numbers = [...new Set(lines.map((line) => String(line['FragmentNumber'])))];
    expect(numbers).toHaveLength(3);
    for (const number of numbers) expect(number).toMatch(/^\d{47}$/);
    expect(numbers.toSorted()).toEqual(numbers);
  });

  it('serves each fragment as one document in the shape of Amazon Connect', async () => {
    const { media, numbers } = await streamOfThree();
    const events = await read(media, 's', { StartSelectorType: 'EARLIEST' });
    expect(events.filter(({ type }) => type === 'problem')).toEqual([]);
    expect(events.filter(({ type }) => type === 'documentStart')).toHaveLength(3);
    expect(events.find(({ type }) => type === 'info')).toMatchObject({
      muxingApp: 'Kinesis Video SDK 1.1.0 JNI 2.0',
    });
    const track = events.find((event) => event.type === 'track')?.track;
    expect(track).toMatchObject({
      name: 'AUDIO_FROM_CUSTOMER',
      codecId: 'A_AAC',
      codecPrivate: Uint8Array.of(0x11, 0x90),
    });
    expect(track).not.toHaveProperty('audio');

    const names = (position: string) => {
      const document = events.slice(
        0,
        events.findIndex(({ type }) => type === 'documentEnd'),
      );
      return document.flatMap((event) =>
        event.type === 'tag' && event.position === position ? [event.name] : [],
      );
    };
    expect(names('before-cluster')).toEqual([
      'AWS_KINESISVIDEO_FRAGMENT_NUMBER',
      'AWS_KINESISVIDEO_SERVER_TIMESTAMP',
      'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP',
      'ContactId',
      'Events',
    ]);
    expect(names('after-cluster')).toEqual([
      'ContactId',
      'Events',
      'AWS_KINESISVIDEO_MILLIS_BEHIND_NOW',
      'AWS_KINESISVIDEO_CONTINUATION_TOKEN',
    ]);
    expect(tagValues(events, 'AWS_KINESISVIDEO_FRAGMENT_NUMBER')).toEqual(numbers);
    expect(tagValues(events, 'AWS_KINESISVIDEO_CONTINUATION_TOKEN')).toEqual(numbers);
    expect(tagValues(events, 'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP')).toEqual(['1.000', '2.000', '3.000']);
  });

  it.each([
    { identity: 'leading', want: ['before-cluster'] },
    { identity: 'trailing', want: ['after-cluster'] },
    { identity: 'both', want: ['before-cluster', 'after-cluster'] },
  ])('puts identity tags $identity when the stream was created so', async ({ identity, want }) => {
    const { emulator, control, media } = await setUp();
    await control.send(new CreateStreamCommand({ StreamName: 's', Tags: { [IDENTITY_TAG]: identity } }));
    await put(emulator, 's', HEADER, contact('c-1'), cluster(1000, 1));
    const events = await read(media, 's', { StartSelectorType: 'EARLIEST' });
    const positions = events.flatMap((event) =>
      event.type === 'tag' && event.name === 'ContactId' ? [event.position] : [],
    );
    expect(positions).toEqual(want);
  });

  it('gives a fragment the tags in force at its Cluster, and none after a document without', async () => {
    const { emulator, control, media } = await setUp({ identity: 'leading' });
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    const parts = [
      HEADER,
      contact('c-1'),
      cluster(1000, 1),
      contact('c-2'),
      cluster(2000, 2),
      HEADER,
      cluster(3000, 3),
    ];
    await put(emulator, 's', ...parts);
    const events = await read(media, 's', { StartSelectorType: 'EARLIEST' });
    expect(firstBytes(events)).toEqual([1, 2, 3]);
    expect(tagValues(events, 'ContactId')).toEqual(['c-1', 'c-2']);
  });

  it('starts where the selector says', async () => {
    const { media, numbers } = await streamOfThree();
    const [first = '', second = ''] = numbers;
    const table: { given: StartSelector; want: number[] }[] = [
      { given: { StartSelectorType: 'EARLIEST' }, want: [1, 2, 3] },
      { given: { StartSelectorType: 'NOW' }, want: [3] },
      { given: { StartSelectorType: 'FRAGMENT_NUMBER', AfterFragmentNumber: first }, want: [2, 3] },
      { given: { StartSelectorType: 'CONTINUATION_TOKEN', ContinuationToken: second }, want: [3] },
      { given: { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: new Date(2000) }, want: [2, 3] },
      { given: { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: new Date(2063) }, want: [2, 3] },
      { given: { StartSelectorType: 'PRODUCER_TIMESTAMP', StartTimestamp: new Date(2064) }, want: [3] },
      { given: { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: new Date(0) }, want: [1, 2, 3] },
      {
        given: { StartSelectorType: 'SERVER_TIMESTAMP', StartTimestamp: new Date(Date.now() + 60_000) },
        want: [],
      },
    ];
    for (const { given, want } of table) {
      expect({ given, got: firstBytes(await read(media, 's', given)) }).toEqual({ given, got: want });
    }
  });

  it('tells an unknown fragment within the body', async () => {
    const { media } = await streamOfThree();
    const events = await read(media, 's', {
      StartSelectorType: 'FRAGMENT_NUMBER',
      AfterFragmentNumber: '17',
    });
    expect(tagValues(events, 'AWS_KINESISVIDEO_ERROR_ID')).toEqual(['4000']);
    expect(events.filter(({ type }) => type === 'clusterStart')).toEqual([]);
  });

  it('passes blocks on while their fragment still grows', async () => {
    const { emulator, control, media } = await setUp({ idleMsMax: 10_000 });
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    const request = openPut(emulator, 's');
    const { Payload } = await media.send(
      new GetMediaCommand({ StreamName: 's', StartSelector: { StartSelectorType: 'NOW' } }),
    );
    request.write(Buffer.concat([HEADER, contact('c-1'), cluster(1000, 7)]));
    const seen: MatroskaEvent[] = [];
    for await (const event of demux(bytesOf(Payload))) {
      seen.push(event);
      if (event.type === 'block' && event.trackNumber === 2) break;
    }
    expect(firstBytes(seen)).toEqual([7]);
    request.destroy();
  });

  it('refuses the fourth reader of a stream until one leaves', async () => {
    const { control, media } = await setUp({ idleMsMax: 10_000 });
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    const open = async () => {
      const input = { StreamName: 's', StartSelector: { StartSelectorType: 'NOW' } } as const;
      return (await media.send(new GetMediaCommand(input))).Payload as unknown as { destroy(): void };
    };
    const readers = [await open(), await open(), await open()];
    await expect(open()).rejects.toMatchObject({
      name: 'ConnectionLimitExceededException',
      $metadata: { httpStatusCode: 400 },
    });
    readers[0]?.destroy();
    await expect
      .poll(async () =>
        open().then(
          () => 'open',
          () => 'refused',
        ),
      )
      .toBe('open');
  });

  it('ends the body of an idle reader, and of one whose session is over', async () => {
    const { media } = await streamOfThree();
    expect(firstBytes(await read(media, 's', { StartSelectorType: 'EARLIEST' }))).toEqual([1, 2, 3]);
    const short = await setUp({ idleMsMax: 60_000, sessionMsMax: 1500 });
    await short.control.send(new CreateStreamCommand({ StreamName: 's' }));
    await put(short.emulator, 's', HEADER, cluster(1000, 9));
    expect(firstBytes(await read(short.media, 's', { StartSelectorType: 'EARLIEST' }))).toEqual([9]);
  });

  it('sends all that is stored to a reader that takes it slowly', async () => {
    const { emulator, media } = await streamOfThree();
    emulator.setFaults({
      streamName: 's',
      faults: [{ kind: 'stall', afterBytes: 100, forMs: 400, times: 1 }],
    });
    expect(firstBytes(await read(media, 's', { StartSelectorType: 'EARLIEST' }))).toEqual([1, 2, 3]);
  });

  it('forgets the oldest fragments beyond its bytes and its time', async () => {
    let nowMs = 1_000_000;
    const { emulator, control, media } = await setUp({
      retentionBytesMax: 4096,
      sessionMsMax: 50,
      clock: { now: () => (nowMs += 1) },
    });
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    await put(emulator, 's', HEADER, cluster(1000, 1), cluster(2000, 2), cluster(3000, 3));
    expect(firstBytes(await read(media, 's', { StartSelectorType: 'EARLIEST' }))).toEqual([2, 3]);
    nowMs += 5 * 60_000;
    expect(firstBytes(await read(media, 's', { StartSelectorType: 'EARLIEST' }))).toEqual([]);
  });

  it.each([
    { given: 'time that does not grow', parts: [HEADER, cluster(2000, 1), cluster(2000, 2)], want: 4004 },
    { given: 'bytes that are not Matroska', parts: [new Uint8Array(64).fill(0x55)], want: 4006 },
    {
      given: 'a fragment of more than 10 s',
      parts: [
        HEADER,
        cluster(1000, 1),
        muxSimpleBlock({ trackNumber: 1, relativeTimestamp: 10_000, payload: new Uint8Array(2) }),
      ],
      want: 4002,
    },
    {
      given: 'a fragment without a block of a declared track',
      parts: [
        HEADER,
        muxClusterStart(1000),
        muxSimpleBlock({ trackNumber: 2, relativeTimestamp: 0, payload: new Uint8Array(2) }),
      ],
      want: 4011,
    },
  ])('refuses $given with error $want', async ({ parts, want }) => {
    const { emulator, control } = await setUp();
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    const { lines } = await put(emulator, 's', ...parts);
    expect(lines.at(-1)).toMatchObject({ EventType: 'ERROR', ErrorId: want });
  });

  it('refuses a second producer of a stream', async () => {
    const { emulator, control } = await setUp();
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    const first = openPut(emulator, 's');
    first.write(HEADER);
    first.flushHeaders();
    await once(first, 'response');
    expect(await put(emulator, 's', HEADER)).toMatchObject({ status: 400 });
    first.destroy();
  });

  it('lists the fragments of a stream with retention, and refuses for one without', async () => {
    const { emulator, control } = await setUp();
    await control.send(new CreateStreamCommand({ StreamName: 's', DataRetentionInHours: 1 }));
    await control.send(new CreateStreamCommand({ StreamName: 'none' }));
    await put(emulator, 's', HEADER, cluster(1000, 1), cluster(2000, 2), cluster(3000, 3));
    const list = async (input: unknown) => {
      const answer = await fetch(`${emulator.url}/listFragments`, {
        method: 'POST',
        body: JSON.stringify(input),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const FragmentSelector = {
      FragmentSelectorType: 'PRODUCER_TIMESTAMP',
      TimestampRange: { StartTimestamp: 2, EndTimestamp: 3 },
    };
    const page = await list({ StreamName: 's', FragmentSelector, MaxResults: 1 });
    expect(page.body).toMatchObject({
      Fragments: [{ ProducerTimestamp: 2, FragmentLengthInMilliseconds: 64, FragmentSizeInBytes: 2048 }],
      NextToken: expect.any(String),
    });
    const { NextToken } = page.body as { NextToken: string };
    expect((await list({ StreamName: 's', FragmentSelector, NextToken })).body).toMatchObject({
      Fragments: [{ ProducerTimestamp: 3 }],
    });
    expect(await list({ StreamName: 'none' })).toMatchObject({ status: 400 });
  });

  it('lets an interceptor answer in place of the service', async () => {
    let calls = 0;
    const { control } = await setUp({
      intercept: async (call, proceed) => {
        calls += 1;
        if (call.operation === 'DescribeStream') throw new Error('broken');
        return proceed();
      },
    });
    await control.send(new CreateStreamCommand({ StreamName: 's' }));
    await expect(control.send(new DescribeStreamCommand({ StreamName: 's' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
    });
    expect(calls).toBeGreaterThan(1);
  });
});
