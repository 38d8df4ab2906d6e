import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchError, countOption, type BenchContext } from '../bench.ts';
import { startDemuxer, type DemuxJob, type DemuxPass } from '../demuxers/demuxer-process.ts';
import { probePackets } from '../ffprobe.ts';
import { median } from '../harness.ts';
import { makeMediaStream, type StreamShape } from '../media-streams.ts';

const MEGABYTE = 1_000_000;
const MEGABYTES_DEFAULT = 32;
const READ_BYTES = [1, 1400, 16_384, 65_536] as const;
const MEMORY_READ_BYTES = [1400, 65_536] as const;
const LARGEST_READ_BYTES = 65_536;
/** Byte by byte is asked of a small file, and a slow library of a part of each. */
const SINGLE_BYTE_STREAM_BYTES = 100_000;
const SLOW_SHARE = 0.125;
const SLOW: ReadonlySet<string> = new Set(['ebml']);
const PEERS: readonly string[] = [
  'ours',
  'ours-confirmed',
  'ours-async',
  'ts-ebml',
  'ebml-stream',
  'mediabunny',
  'ebml',
  'raw-read',
] as const;
/** Of passes; the first ones only let the compiler see the code. Byte by byte takes long enough for that. */
const ROUNDS = { warmUp: 8, timed: 9 };
const SINGLE_BYTE_ROUNDS = { warmUp: 1, timed: 3 };
const PROBE_RUNS = 3;

interface Point {
  readonly source: DemuxJob['source'];
  readonly shape: StreamShape;
  readonly readBytes: number;
  readonly streamBytes: number;
  /** Set where it differs from the run's size. */
  readonly isGrowth: boolean;
}

interface StreamFile {
  readonly file: string;
  readonly bytes: number;
  readonly blocks: number;
}

/** Reads generated files to their end by every library, each in a process of its own. */
export async function demux(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { megabytes: { type: 'string' } } });
  const bytes = countOption('megabytes', values.megabytes, MEGABYTES_DEFAULT) * MEGABYTE;
  const folder = await mkdtemp(join(tmpdir(), 'earshot-demux-'));
  try {
    for (const shape of ['plain', 'connect'] as const) {
      for (const readBytes of READ_BYTES) {
        const streamBytes = readBytes === 1 ? SINGLE_BYTE_STREAM_BYTES : bytes;
        await compare(context, folder, { source: 'file', shape, readBytes, streamBytes, isGrowth: false });
      }
      const streamBytes = 2 * bytes;
      await compare(context, folder, {
        source: 'file',
        shape,
        readBytes: LARGEST_READ_BYTES,
        streamBytes,
        isGrowth: true,
      });
      for (const readBytes of MEMORY_READ_BYTES) {
        await compare(context, folder, {
          source: 'memory',
          shape,
          readBytes,
          streamBytes: bytes,
          isGrowth: false,
        });
      }
      await probe(context, writeStream(folder, shape, bytes), shape);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(context: BenchContext, folder: string, point: Point): Promise<void> {
  const { shape, readBytes, streamBytes, source } = point;
  const whole = writeStream(folder, shape, streamBytes);
  const part = writeStream(folder, shape, streamBytes * SLOW_SHARE);
  context.say(`${shape}, ${whole.bytes} bytes by ${readBytes}, from ${source}`);
  const runs = PEERS.map((peer) => {
    const stream = SLOW.has(peer) ? part : whole;
    const demuxer = startDemuxer({ demuxer: peer, file: stream.file, readBytes, source }, context.signal);
    return { peer, stream, demuxer, passes: new Array<DemuxPass>() };
  });
  try {
    const { warmUp, timed } = readBytes === 1 ? SINGLE_BYTE_ROUNDS : ROUNDS;
    // They take turns, so that whatever else runs on the machine disturbs them alike.
    for (let round = 0; round < warmUp + timed; round += 1) {
      for (const { demuxer, passes } of runs) {
        const pass = await demuxer.pass();
        if (round >= warmUp) passes.push(pass);
      }
    }
  } finally {
    for (const { demuxer } of runs) demuxer.end();
  }
  for (const { peer, stream, passes } of runs) report(context, point, peer, stream, passes);
}

function report(
  context: BenchContext,
  { source, shape, readBytes, isGrowth }: Point,
  peer: string,
  stream: StreamFile,
  passes: readonly DemuxPass[],
): void {
  const wrong = passes.find(({ blocks }) => peer !== 'raw-read' && blocks !== stream.blocks);
  if (wrong !== undefined) {
    const text = `Cannot measure ${peer}: ${wrong.blocks} blocks were read of ${stream.blocks}`;
    if (peer.startsWith('ours')) throw new BenchError(text);
    context.say(text);
    return;
  }
  const params = {
    shape,
    readBytes,
    ...(source === 'memory' ? { source } : {}),
    ...(isGrowth ? { streamBytes: stream.bytes } : {}),
  };
  const megabytes = stream.bytes / MEGABYTE;
  const print = (metric: string, unit: string, value: number): void =>
    context.print({ bench: 'demux', metric, unit, value, n: passes.length, peer, params });
  print('throughput', 'MB/s', megabytes / median(passes.map(({ seconds }) => seconds)));
  // What else runs on the machine does not count here.
  print('cpuThroughput', 'MB/s', megabytes / median(passes.map(({ cpuSeconds }) => cpuSeconds)));
  if (source === 'file' && readBytes === LARGEST_READ_BYTES) {
    print('rss', 'MB', Math.max(...passes.map(({ rssBytes }) => rssBytes)) / MEGABYTE);
  }
}

/** ffprobe reads as it likes, and its start counts too. */
async function probe(
  context: BenchContext,
  { file, bytes, blocks }: StreamFile,
  shape: StreamShape,
): Promise<void> {
  const seconds: number[] = [];
  for (let run = 0; run < PROBE_RUNS; run += 1) {
    context.signal.throwIfAborted();
    const startedAt = performance.now();
    const packets = await probePackets(file);
    if (packets?.length !== blocks) {
      context.say(
        `ffprobe is not measured: ${packets === undefined ? 'not installed' : `${packets.length} of ${blocks} blocks`}`,
      );
      return;
    }
    seconds.push((performance.now() - startedAt) / 1000);
  }
  context.print({
    bench: 'demux',
    metric: 'throughput',
    unit: 'MB/s',
    value: bytes / MEGABYTE / median(seconds),
    n: PROBE_RUNS,
    peer: 'ffprobe',
    params: { shape, readBytes: LARGEST_READ_BYTES },
  });
}

function writeStream(folder: string, shape: StreamShape, bytes: number): StreamFile {
  const stream = makeMediaStream(shape, bytes);
  const file = join(folder, `${shape}-${bytes}.mkv`);
  const handle = openSync(file, 'w');
  try {
    for (const piece of stream.pieces) writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
  return { file, bytes: stream.bytes, blocks: stream.blocks };
}
