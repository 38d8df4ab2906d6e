import { createReadStream } from 'node:fs';
import { DEMUXERS } from './demuxer.ts';
import type { DemuxJob, DemuxJobResult } from './run-demuxer.ts';

const READ_BYTES_MIN = 65_536;
const WARM_UP_PASSES = 3;
const PASSES_MIN = 3;
const PASSES_MAX = 7;
/** Beyond these no pass is added. */
const WARM_UP_MS = 1500;
const TIMED_MS = 3000;

const [text = '{}'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await measure(JSON.parse(text))));

/** Reads the file again and again: first to let the compiler see it, then to time it. */
async function measure({ demuxer: name, file, readBytes }: DemuxJob): Promise<DemuxJobResult> {
  const demuxer = await DEMUXERS.get(name)?.();
  if (demuxer === undefined) throw new Error(`Cannot measure ${name}: there is no such demuxer`);
  let blocks = 0;
  let payloadBytes = 0;
  const pass = async (): Promise<number> => {
    blocks = 0;
    payloadBytes = 0;
    const startedAt = performance.now();
    await demuxer.run(chunksOf(file, readBytes), (_, payload) => {
      blocks += 1;
      payloadBytes += payload.byteLength;
    });
    return (performance.now() - startedAt) / 1000;
  };
  const warmUpEndsAt = performance.now() + WARM_UP_MS;
  for (let i = 0; i < WARM_UP_PASSES && performance.now() < warmUpEndsAt; i += 1) await pass();
  const seconds: number[] = [];
  const endsAt = performance.now() + TIMED_MS;
  while (seconds.length < PASSES_MIN || (seconds.length < PASSES_MAX && performance.now() < endsAt)) {
    seconds.push(await pass());
  }
  return { blocks, payloadBytes, seconds, rssBytes: process.resourceUsage().maxRSS * 1024 };
}

/** Small chunks are cut from larger reads: a system call for each would be all that is measured. */
async function* chunksOf(file: string, readBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  const highWaterMark = Math.max(readBytes, READ_BYTES_MIN);
  for await (const read of createReadStream(file, { highWaterMark })) {
    if (!(read instanceof Uint8Array)) throw new TypeError('Cannot read file: it gave text');
    if (readBytes >= read.byteLength) yield read;
    else for (let at = 0; at < read.byteLength; at += readBytes) yield read.subarray(at, at + readBytes);
  }
}
