import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { finished } from 'node:stream/promises';
import {
  demux,
  muxClusterStart,
  muxHeader,
  muxSimpleBlock,
  muxTags,
  type MatroskaEvent,
} from '@earshot/matroska';
import { startKvsEmulator, type KvsEmulator, type KvsEmulatorOptions } from '../lib/kvs-emulator.ts';

export const STREAM = 's';
/** Blocks of each side in a fragment. */
const BLOCKS = 4;
const BLOCK_MS = 64;

const codec = { trackType: 2, codecId: 'A_AAC', codecPrivate: Uint8Array.of(0x11, 0x90) };
const HEADER = muxHeader({
  tracks: [
    { number: 1, name: 'AUDIO_FROM_CUSTOMER', ...codec },
    { number: 2, name: 'AUDIO_TO_CUSTOMER', ...codec },
  ],
});

/** PCM that differs in every fragment, block and side. */
export function pcm(fragment: number, block: number, trackNumber: number): Uint8Array {
  return Uint8Array.from(
    { length: 1024 },
    (_, i) => (i * 7 + fragment * 31 + block * 3 + trackNumber) & 0xff,
  );
}

export function sideOf(fragment: number, trackNumber: number): Buffer {
  return Buffer.concat(Array.from({ length: BLOCKS }, (_, block) => pcm(fragment, block, trackNumber)));
}

function cluster(fragment: number): Uint8Array {
  const blocks = Array.from({ length: BLOCKS }, (_, block) =>
    [1, 2].map((trackNumber) =>
      muxSimpleBlock({
        trackNumber,
        relativeTimestamp: block * BLOCK_MS,
        payload: pcm(fragment, block, trackNumber),
      }),
    ),
  );
  return Buffer.concat([muxClusterStart((fragment + 1) * 1000), ...blocks.flat()]);
}

/** A stream that holds so many fragments of contact `c-1`, one at each full second. */
export async function playedStream(
  fragments: number,
  options: KvsEmulatorOptions = {},
): Promise<KvsEmulator> {
  const emulator = await startKvsEmulator({ drainMsMax: 50, idleMsMax: 120, ...options });
  const body = { StreamName: STREAM, DataRetentionInHours: 1 };
  await post(emulator, 'createStream', body);
  await put(emulator, ...Array.from({ length: fragments }, (_, fragment) => fragment));
  return emulator;
}

export async function put(emulator: KvsEmulator, ...fragments: readonly number[]): Promise<void> {
  const request = httpRequest(`${emulator.url}/putMedia`, {
    method: 'POST',
    headers: { 'x-amzn-stream-name': STREAM },
  });
  const tags = [muxTags([{ name: 'ContactId', value: 'c-1' }]), muxTags([{ name: 'MimeType', value: 'x' }])];
  request.end(Buffer.concat([HEADER, ...tags, ...fragments.map(cluster)]));
  const [response] = await once(request, 'response');
  for await (const _ of response);
}

export function post(emulator: KvsEmulator, path: string, body: unknown): Promise<Response> {
  return fetch(`${emulator.url}/${path}`, { method: 'POST', body: JSON.stringify(body) });
}

export interface Body {
  readonly bytes: Buffer;
  readonly events: readonly MatroskaEvent[];
  /** Pieces the body came in. */
  readonly chunks: number;
  readonly isCut: boolean;
  readonly status: number;
}

/** One GetMedia response, whatever its end. */
export async function getMedia(
  emulator: KvsEmulator,
  StartSelector: unknown = { StartSelectorType: 'EARLIEST' },
): Promise<Body> {
  return bodyOf(emulator, 'getMedia', { StreamName: STREAM, StartSelector });
}

export async function bodyOf(emulator: KvsEmulator, path: string, input: unknown): Promise<Body> {
  const request = httpRequest(`${emulator.url}/${path}`, { method: 'POST' });
  request.end(JSON.stringify(input));
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  // An iterator would join what is waiting.
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  const isCut = await finished(response).then(
    () => false,
    () => true,
  );
  const bytes = Buffer.concat(chunks);
  const events: MatroskaEvent[] = [];
  for await (const event of demux([bytes], { verifyCrc32: true })) events.push(event);
  return { bytes, events, chunks: chunks.length, isCut, status: response.statusCode };
}

export function tagValues(events: readonly MatroskaEvent[], name: string): string[] {
  return events.flatMap((event) => (event.type === 'tag' && event.name === name ? [event.value] : []));
}

/** PCM of a side by the name of its track, over all documents. */
export function payloadOf(events: readonly MatroskaEvent[], trackName: string): Buffer {
  const frames: Uint8Array[] = [];
  const numbers = new Set<number>();
  for (const event of events) {
    if (event.type === 'documentStart') numbers.clear();
    if (event.type === 'track' && event.track.name === trackName) numbers.add(event.track.number);
    if (event.type === 'block' && numbers.has(event.trackNumber)) frames.push(...event.frames);
  }
  return Buffer.concat(frames);
}

export function clusterTimes(events: readonly MatroskaEvent[]): number[] {
  return events.flatMap((event) => (event.type === 'clusterStart' ? [event.timestampMs] : []));
}
