import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demux as demuxEvents } from '@earshot/matroska';
import { BenchError, countOption, type BenchContext } from '../bench.ts';
import { median } from '../harness.ts';
import { makeMediaStream, type MediaStreamBytes, type StreamShape } from '../media-streams.ts';

const MEGABYTE = 1_000_000;
const MEGABYTES_DEFAULT = 32;
const READ_BYTES = [1400, 16_384, 65_536] as const;
const GROWTH_READ_BYTES = 65_536;
/** Byte by byte is asked of a small file. */
const SINGLE_BYTE_STREAM_BYTES = 50_000;
const RUNS = 5;

interface Work {
  readonly file: string;
  readonly stream: MediaStreamBytes;
  readonly readBytes: number;
}

/** Streams a generated file to its end and, in turn with that, demultiplexes the same stream. */
export async function demux(context: BenchContext): Promise<void> {
  const { values } = parseArgs({ args: [...context.args], options: { megabytes: { type: 'string' } } });
  const bytes = countOption('megabytes', values.megabytes, MEGABYTES_DEFAULT) * MEGABYTE;
  const folder = await mkdtemp(join(tmpdir(), 'earshot-demux-'));
  try {
    for (const shape of ['plain', 'connect'] as const) {
      const file = join(folder, `${shape}.mkv`);
      const small = writeStream(file, shape, SINGLE_BYTE_STREAM_BYTES);
      await compare(context, shape, { file, stream: small, readBytes: 1 });
      const stream = writeStream(file, shape, bytes);
      for (const readBytes of READ_BYTES) await compare(context, shape, { file, stream, readBytes });
      const twice = writeStream(file, shape, bytes * 2);
      const work = { file, stream: twice, readBytes: GROWTH_READ_BYTES };
      await compare(context, shape, work, { streamBytes: twice.bytes });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function writeStream(file: string, shape: StreamShape, bytes: number): MediaStreamBytes {
  const stream = makeMediaStream(shape, bytes);
  const handle = openSync(file, 'w');
  try {
    for (const piece of stream.pieces) writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
  return stream;
}

async function compare(
  context: BenchContext,
  shape: StreamShape,
  work: Work,
  more: Readonly<Record<string, number>> = {},
): Promise<void> {
  context.say(`${shape}, ${work.stream.bytes} bytes by ${work.readBytes}`);
  const peers = { ours: () => demuxFile(work), 'raw-read': () => readFile(work) };
  const seconds: Record<keyof typeof peers, number[]> = { ours: [], 'raw-read': [] };
  // The first turn only warms up.
  for (let run = 0; run <= RUNS; run += 1) {
    context.signal.throwIfAborted();
    for (const peer of ['ours', 'raw-read'] as const) {
      const startedAt = performance.now();
      await peers[peer]();
      if (run > 0) seconds[peer].push((performance.now() - startedAt) / 1000);
    }
  }
  for (const peer of ['ours', 'raw-read'] as const) {
    context.print({
      bench: 'demux',
      metric: 'throughput',
      unit: 'MB/s',
      value: work.stream.bytes / MEGABYTE / median(seconds[peer]),
      n: RUNS,
      peer,
      params: { shape, readBytes: work.readBytes, ...more },
    });
  }
}

async function demuxFile({ file, stream, readBytes }: Work): Promise<void> {
  let blocks = 0;
  for await (const event of demuxEvents(chunksOf(file, readBytes))) if (event.type === 'block') blocks += 1;
  if (blocks !== stream.blocks)
    throw new BenchError(`Cannot measure: ${blocks} blocks were read of ${stream.blocks}`);
}

async function readFile({ file, stream, readBytes }: Work): Promise<void> {
  let bytes = 0;
  for await (const chunk of chunksOf(file, readBytes)) bytes += chunk.byteLength;
  if (bytes !== stream.bytes)
    throw new BenchError(`Cannot measure: ${bytes} bytes were read of ${stream.bytes}`);
}

function chunksOf(file: string, readBytes: number): AsyncIterable<Uint8Array> {
  return createReadStream(file, { highWaterMark: readBytes });
}
