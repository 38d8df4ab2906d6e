import { createHash } from 'node:crypto';
import { demux, type MatroskaEvent } from '@earshot/matroska';
import { startKvsEmulator, type KvsEmulator } from '@earshot/kvs-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureStream } from './ensure-stream.ts';
import { putCall, type PutCallOptions, type PutCallProgress } from './put-call.ts';

const START_AT_MS = 1_700_000_000_000;
let emulator: KvsEmulator;
let call: Omit<PutCallOptions, 'tracks'>;

beforeEach(async () => {
  emulator = await startKvsEmulator({ drainMsMax: 50, idleMsMax: 100 });
  const endpointUrl = emulator.url;
  await ensureStream({ endpointUrl, streamName: 's' });
  call = {
    endpointUrl,
    streamName: 's',
    contactId: 'c-1',
    startAtMs: START_AT_MS,
    speed: Number.POSITIVE_INFINITY,
  };
});

afterEach(() => emulator.close());

function pcm(bytes: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index * 31 + seed) & 0xff);
}

async function readAll(): Promise<MatroskaEvent[]> {
  const body = JSON.stringify({ StreamName: 's', StartSelector: { StartSelectorType: 'EARLIEST' } });
  const response = await fetch(`${emulator.url}/getMedia`, { method: 'POST', body });
  const events: MatroskaEvent[] = [];
  for await (const event of demux(response.body ?? [])) events.push(event);
  return events;
}

function payload(events: readonly MatroskaEvent[], trackNumber: number): Buffer {
  const frames = events.flatMap((event) => {
    return event.type === 'block' && event.trackNumber === trackNumber ? event.frames : [];
  });
  return Buffer.concat(frames);
}

function blockTimes(events: readonly MatroskaEvent[], trackNumber: number): number[] {
  return events.flatMap((event) => {
    return event.type === 'block' && event.trackNumber === trackNumber
      ? [event.timestampMs - START_AT_MS]
      : [];
  });
}

function trackNames(events: readonly MatroskaEvent[]): (string | undefined)[][] {
  const names: (string | undefined)[][] = [];
  for (const event of events) {
    if (event.type === 'documentStart') names.push([]);
    if (event.type === 'track') names.at(-1)?.push(event.track.name);
  }
  return names;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

describe('putCall', () => {
  it('stores every byte of both sides in fragments of 16 blocks a side', async () => {
    const [customer, agent] = [pcm(40_000, 1), pcm(34_000, 2)];
    const result = await putCall({
      endpointUrl: emulator.url,
      streamName: 's',
      contactId: 'c-1',
      tracks: { customer: inPieces(customer, 777), agent },
      startAtMs: 1_700_000_000_000,
      speed: Number.POSITIVE_INFINITY,
    });
    expect(result).toMatchObject({ customerBytes: 40_000, agentBytes: 34_000, fragments: 3 });
    const events = await readAll();
    expect(payload(events, 1).equals(customer)).toBe(true);
    expect(payload(events, 2).equals(agent)).toBe(true);
    const clusters = events.flatMap((event) =>
      event.type === 'clusterStart' ? [event.timestampMs - 1.7e12] : [],
    );
    expect(clusters).toEqual([0, 1024, 2048]);
    const numbers = events.flatMap((event) => {
      return event.type === 'tag' && event.name === 'AWS_KINESISVIDEO_FRAGMENT_NUMBER' ? [event.value] : [];
    });
    expect([result.firstFragmentNumber, result.lastFragmentNumber]).toEqual([numbers[0], numbers[2]]);
  });

  it('names tracks by side whatever their numbers', async () => {
    const tracks = { customer: pcm(2048, 1), agent: pcm(2048, 2) };
    const trackNumbers = { customer: 2, agent: 1 };
    await putCall({
      endpointUrl: emulator.url,
      streamName: 's',
      contactId: 'c-1',
      tracks,
      trackNumbers,
      speed: 1000,
    });
    const events = await readAll();
    const named = events.flatMap((event) =>
      event.type === 'track' ? [[event.track.number, event.track.name]] : [],
    );
    expect(named).toEqual([
      [1, 'AUDIO_TO_CUSTOMER'],
      [2, 'AUDIO_FROM_CUSTOMER'],
    ]);
    expect(payload(events, 2).equals(tracks.customer)).toBe(true);
  });

  it('sends a block not before its last sample would have been heard', async () => {
    const startedAtMs = performance.now();
    const aheadMs: number[] = [];
    await putCall({
      endpointUrl: emulator.url,
      streamName: 's',
      contactId: 'c-1',
      tracks: { customer: pcm(16_000, 1), agent: pcm(16_000, 2) },
      speed: 10,
      onProgress: ({ mediaMs }) => aheadMs.push(mediaMs / 10 - (performance.now() - startedAtMs)),
    });
    expect(aheadMs).toHaveLength(16);
    // Timers may fire up to a millisecond early.
    expect(Math.max(...aheadMs)).toBeLessThan(1.5);
  });

  it('ends the call in order when hung up', async () => {
    const hangUp = new AbortController();
    let last: PutCallProgress | undefined;
    const result = await putCall({
      endpointUrl: emulator.url,
      streamName: 's',
      contactId: 'c-1',
      tracks: { customer: pcm(1_600_000, 1), agent: pcm(1_600_000, 2) },
      speed: 50,
      signal: hangUp.signal,
      onProgress: (progress) => {
        last = progress;
        if (progress.mediaMs >= 640) hangUp.abort();
      },
    });
    expect(result).toMatchObject({ customerBytes: last?.customerBytes, fragments: 1 });
    expect(payload(await readAll(), 1)).toHaveLength(result.customerBytes);
  });

  it('puts all PCM in blocks of any size, each at its place in the grid', async () => {
    const [customer, agent] = [pcm(6000, 1), pcm(5000, 2)];
    const sizes = [1024, 192, 333, 1];
    const result = await putCall({
      ...call,
      tracks: { customer, agent },
      blockBytes: (block, role) => (role === 'agent' ? 1024 : (sizes[block % 4] ?? 1024)),
    });
    const events = await readAll();
    expect(payload(events, 1).equals(customer)).toBe(true);
    expect(payload(events, 2).equals(agent)).toBe(true);
    expect(blockTimes(events, 1).slice(0, 5)).toEqual([0, 64, 128, 192, 256]);
    expect([result.customerSha256, result.agentSha256]).toEqual([sha256(customer), sha256(agent)]);
  });

  it('declares one track when there is one side, and when only one side still speaks', async () => {
    await putCall({ ...call, tracks: { agent: pcm(2048, 1) } });
    expect(trackNames(await readAll())).toEqual([['AUDIO_TO_CUSTOMER']]);
    const tracks = { customer: pcm(2048, 1), agent: pcm(40_000, 2) };
    await putCall({ ...call, startAtMs: START_AT_MS + 60_000, tracks });
    expect(trackNames(await readAll()).slice(1)).toEqual([
      ['AUDIO_FROM_CUSTOMER', 'AUDIO_TO_CUSTOMER'],
      ['AUDIO_TO_CUSTOMER'],
      ['AUDIO_TO_CUSTOMER'],
    ]);
  });

  it('leaves a hole in media time and goes on behind it in a new fragment', async () => {
    const customer = pcm(10_240, 1);
    const gaps = [{ fromMs: 256, toMs: 1000 }];
    await putCall({ ...call, tracks: { customer, agent: customer }, gaps });
    const events = await readAll();
    const times = blockTimes(events, 1);
    expect(times.slice(2, 7)).toEqual([128, 192, 1000, 1064, 1128]);
    expect(payload(events, 1).equals(customer)).toBe(true);
    expect(events.filter(({ type }) => type === 'clusterStart')).toHaveLength(2);
  });

  it('gives fragments the tags asked for', async () => {
    const tracks = { customer: pcm(49_152, 1), agent: pcm(49_152, 2) };
    await putCall({ ...call, tracks, tags: (fragment, connect) => (fragment === 1 ? [] : connect) });
    const contacts = (await readAll()).flatMap((event): (string | number)[] => {
      if (event.type === 'clusterStart') return [event.timestampMs - START_AT_MS];
      return event.type === 'tag' && event.name === 'ContactId' && event.position === 'before-cluster'
        ? [event.value]
        : [];
    });
    expect(contacts).toEqual(['c-1', 0, 1024, 'c-1', 2048]);
  });

  it('writes several blocks at once when told to', async () => {
    const mediaMs: number[] = [];
    const tracks = { customer: pcm(10_240, 1), agent: pcm(10_240, 2) };
    await putCall({
      ...call,
      tracks,
      batchMs: 250,
      onProgress: (progress) => mediaMs.push(progress.mediaMs),
    });
    expect(mediaMs).toEqual([256, 512, 640]);
    expect(payload(await readAll(), 2).equals(tracks.agent)).toBe(true);
  });

  it('refuses a block that is no size of a block', async () => {
    const tracks = { customer: pcm(2048, 1) };
    const refused = putCall({ ...call, tracks, blockBytes: () => 1025 });
    await expect(refused).rejects.toMatchObject({ code: 'producer.bad-block' });
  });

  it.each([
    { given: 'an unknown stream', streamName: 'other', customer: pcm(2048, 1), want: 'producer.refused' },
    { given: 'half a sample', streamName: 's', customer: pcm(2049, 1), want: 'producer.odd-pcm' },
  ])('rejects $given with $want', async ({ streamName, customer, want }) => {
    const tracks = { customer, agent: pcm(2048, 2) };
    const options = { endpointUrl: emulator.url, streamName, contactId: 'c-1', tracks, speed: 100 };
    await expect(putCall(options)).rejects.toMatchObject({ code: want });
  });
});

describe('ensureStream', () => {
  it('gives the same stream the second time', async () => {
    const again = { endpointUrl: emulator.url, streamName: 's' };
    const { streamArn } = await ensureStream(again);
    expect(streamArn).toContain(':stream/s/');
    expect(await ensureStream(again)).toEqual({ streamArn });
  });

  it('rejects a service that is not there as retryable', async () => {
    const gone = { endpointUrl: 'http://127.0.0.1:1', streamName: 's' };
    await expect(ensureStream(gone)).rejects.toMatchObject({ code: 'producer.unreachable', retryable: true });
  });
});
