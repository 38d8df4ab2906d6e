import { GetDataEndpointCommand, KinesisVideoClient, type APIName } from '@aws-sdk/client-kinesis-video';
import {
  GetMediaForFragmentListCommand,
  KinesisVideoArchivedMediaClient,
  ListFragmentsCommand,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { demux, type MatroskaEvent } from '@earshot/matroska';
import { afterEach, describe, expect, it } from 'vitest';
import {
  clusterTimes,
  payloadOf,
  playedStream,
  sideOf,
  STREAM,
  tagValues,
} from '../../testing/played-stream.ts';

const shared = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
const running: { close(): unknown }[] = [];

afterEach(async () => {
  for (const resource of running.splice(0).toReversed()) await resource.close();
});

async function setUp(fragments: number) {
  const emulator = await playedStream(fragments);
  const control = new KinesisVideoClient({ ...shared, endpoint: emulator.url });
  const endpointOf = async (name: APIName) => {
    const command = new GetDataEndpointCommand({ StreamName: STREAM, APIName: name });
    return (await control.send(command)).DataEndpoint ?? '';
  };
  const endpoint = await endpointOf('LIST_FRAGMENTS');
  expect(await endpointOf('GET_MEDIA_FOR_FRAGMENT_LIST')).toBe(endpoint);
  const archive = new KinesisVideoArchivedMediaClient({ ...shared, endpoint, maxAttempts: 1 });
  running.push(emulator, { close: () => control.destroy() }, { close: () => archive.destroy() });
  return { emulator, archive };
}

async function media(archive: KinesisVideoArchivedMediaClient, Fragments: string[]) {
  const command = new GetMediaForFragmentListCommand({ StreamName: STREAM, Fragments });
  const { Payload, ContentType } = await archive.send(command);
  const events: MatroskaEvent[] = [];
  for await (const event of demux(Payload as unknown as AsyncIterable<Uint8Array>)) events.push(event);
  return { events, ContentType };
}

describe('archived media', () => {
  it('are listed and read by the real SDK, page by page in no order to rely on', async () => {
    const { archive } = await setUp(4);
    const FragmentSelector = {
      FragmentSelectorType: 'PRODUCER_TIMESTAMP',
      TimestampRange: { StartTimestamp: new Date(2000), EndTimestamp: new Date(4000) },
    } as const;
    const list = async (NextToken?: string) => {
      const input = { StreamName: STREAM, FragmentSelector, MaxResults: 2, NextToken };
      return archive.send(new ListFragmentsCommand(input));
    };
    const first = await list();
    const second = await list(first.NextToken);
    const times = [first, second].map(({ Fragments = [] }) =>
      Fragments.map(({ ProducerTimestamp }) => ProducerTimestamp?.getTime()),
    );
    expect(times).toEqual([[3000, 2000], [4000]]);
    expect(second.NextToken).toBeUndefined();

    const numbers = [...(first.Fragments ?? []), ...(second.Fragments ?? [])].map(
      ({ FragmentNumber = '' }) => FragmentNumber,
    );
    const { events, ContentType } = await media(archive, numbers.toSorted());
    expect(ContentType).toBe('video/x-matroska');
    expect(clusterTimes(events)).toEqual([2000, 3000, 4000]);
    const want = Buffer.concat([sideOf(1, 1), sideOf(2, 1), sideOf(3, 1)]);
    expect(payloadOf(events, 'AUDIO_FROM_CUSTOMER')).toEqual(want);
    expect(tagValues(events, 'AWS_KINESISVIDEO_FRAGMENT_NUMBER')).toEqual(numbers.toSorted());
    const producerTimes = tagValues(events, 'AWS_KINESISVIDEO_PRODUCER_SIDE_TIMESTAMP');
    expect(producerTimes).toEqual(['2.000', '3.000', '4.000']);
    expect(tagValues(events, 'AWS_KINESISVIDEO_SERVER_SIDE_TIMESTAMP')).toHaveLength(3);
    expect(tagValues(events, 'AWS_KINESISVIDEO_CONTINUATION_TOKEN')).toEqual([]);
  });

  it('tell a fragment that is not stored within the body, and end', async () => {
    const { archive, emulator } = await setUp(2);
    const [first = '', second = ''] = emulator.fragments(STREAM).map(({ number }) => number);
    const { events } = await media(archive, [first, '17', second]);
    expect(clusterTimes(events)).toEqual([1000]);
    expect(tagValues(events, 'AWS_KINESISVIDEO_EXCEPTION_ERROR_CODE')).toEqual(['4000']);
  });

  it('refuse more fragments than the service takes', async () => {
    const { archive } = await setUp(1);
    const refused = media(archive, Array.from({ length: 1001 }, String));
    await expect(refused).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  });
});
