import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { demux, type MatroskaEvent } from '@earshot/matroska';
import { parseArguments } from '../arguments.ts';
import { refuseUnreadable } from '../refuse-unreadable.ts';
import { UsageError, type Verb } from '../verb.ts';

const READ_BYTES = 65_536;

/** What `inspect --json` prints. `bytes` and `sha256` are over the frame payloads of the track in stream order. */
export interface Inspection {
  readonly documents: number;
  readonly clusters: number;
  readonly tracks: readonly TrackInspection[];
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly problems: readonly { readonly code: string; readonly offset: number; readonly message: string }[];
}

export interface TrackInspection {
  readonly number: number;
  readonly name: string | null;
  readonly codecId: string;
  readonly blocks: number;
  readonly frames: number;
  readonly bytes: number;
  readonly sha256: string;
}

interface TrackTally {
  readonly number: number;
  readonly name: string | null;
  readonly codecId: string;
  readonly hash: Hash;
  blocks: number;
  frames: number;
  bytes: number;
}

export interface InspectOptions {
  /** Verify the CRC-32 of masters that have one. Default false. */
  readonly verifyCrc32?: boolean;
}

/** Tallies a stream. A track is the same across documents while number and name are: numbers may change sides. */
export async function inspectStream(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { verifyCrc32 = false }: InspectOptions = {},
): Promise<Inspection> {
  const tallies = new Map<string, TrackTally>();
  const current = new Map<number, TrackTally>();
  const tags: { name: string; value: string }[] = [];
  const problems: { code: string; offset: number; message: string }[] = [];
  let documents = 0;
  let clusters = 0;

  for await (const event of demux(source, { verifyCrc32 })) {
    switch (event.type) {
      case 'documentStart':
        documents += 1;
        current.clear();
        break;
      case 'clusterStart':
        clusters += 1;
        break;
      case 'track':
        current.set(event.track.number, tallyOf(tallies, event.track));
        break;
      case 'tag':
        tags.push({ name: event.name, value: event.value });
        break;
      case 'block':
        count(
          current.get(event.trackNumber) ?? tallyOf(tallies, { number: event.trackNumber, codecId: '' }),
          event,
        );
        break;
      case 'problem':
        problems.push({ code: event.code, offset: event.offset, message: event.message });
        break;
      case 'info':
      case 'clusterEnd':
      case 'documentEnd':
        break;
    }
  }
  const tracks = [...tallies.values()].map(({ hash, ...tally }) => ({
    ...tally,
    sha256: hash.digest('hex'),
  }));
  return { documents, clusters, tracks, tags, problems };
}

function tallyOf(
  tallies: Map<string, TrackTally>,
  track: { readonly number: number; readonly name?: string | undefined; readonly codecId: string },
): TrackTally {
  const key = `${track.number} ${track.name ?? ''}`;
  const known = tallies.get(key);
  if (known !== undefined) return known;
  const { number, name = null, codecId } = track;
  const tally: TrackTally = {
    number,
    name,
    codecId,
    blocks: 0,
    frames: 0,
    bytes: 0,
    hash: createHash('sha256'),
  };
  tallies.set(key, tally);
  return tally;
}

function count(tally: TrackTally, block: Extract<MatroskaEvent, { type: 'block' }>): void {
  tally.blocks += 1;
  for (const frame of block.frames) {
    tally.frames += 1;
    tally.bytes += frame.byteLength;
    tally.hash.update(frame);
  }
}

export const inspect: Verb = {
  name: 'inspect',
  summary: 'tell what a Matroska file or a recorded GetMedia body holds',
  help: `earshot inspect FILE.mkv [--json] [--crc]

Counts documents, clusters, blocks and frames, hashes each track's payload, lists tags and problems.
  --json  one JSON object: {"documents","clusters","tracks","tags","problems"}; a track has its payload's SHA-256
  --crc   verify CRC-32 where the file has it; one that does not match is a problem`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean' },
      crc: { type: 'boolean' },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('expected one file');
    await refuseUnreadable(file);
    const stream = createReadStream(file, { highWaterMark: READ_BYTES });
    const inspection = await inspectStream(stream, { verifyCrc32: values.crc === true });
    if (values.json === true) io.out(JSON.stringify(inspection));
    else for (const line of describeInspection(inspection)) io.out(line);
    return 0;
  },
};

function describeInspection(inspection: Inspection): string[] {
  const { documents, clusters, tracks, tags, problems } = inspection;
  return [
    `${documents} documents, ${clusters} clusters, ${tags.length} tags, ${problems.length} problems`,
    ...tracks.map(
      (track) =>
        `track ${track.number} ${track.name ?? '(no name)'} ${track.codecId}: ${track.blocks} blocks, ` +
        `${track.frames} frames, ${track.bytes} bytes, sha256 ${track.sha256}`,
    ),
    ...tags.map(({ name, value }) => `tag ${name} = ${value}`),
    ...problems.map(({ code, offset, message }) => `problem at byte ${offset}: ${message} (${code})`),
  ];
}
