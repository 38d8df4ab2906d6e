import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DEMUXERS } from './demuxer.ts';
import type { DemuxJob, DemuxPass } from './demuxer-process.ts';

const READ_BYTES_MIN = 65_536;

const [text = '{}'] = process.argv.slice(2);
await serve(JSON.parse(text));

/** Reads the file once for every line that comes, and answers with a line. Ends with its input. */
async function serve({ demuxer: name, file, readBytes, source }: DemuxJob): Promise<void> {
  const demuxer = await DEMUXERS.get(name)?.();
  if (demuxer === undefined) throw new Error(`Cannot measure ${name}: there is no such demuxer`);
  const bytes = source === 'memory' ? readFileSync(file) : undefined;
  const chunks = (): AsyncIterable<Uint8Array> =>
    bytes === undefined ? chunksOf(file, readBytes) : cut(bytes, readBytes);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === '') continue;
    let blocks = 0;
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    await demuxer.run(chunks(), () => {
      blocks += 1;
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const cpu = process.cpuUsage(cpuBefore);
    const cpuSeconds = (cpu.user + cpu.system) / 1e6;
    const pass: DemuxPass = { blocks, seconds, cpuSeconds, rssBytes: process.resourceUsage().maxRSS * 1024 };
    process.stdout.write(`${JSON.stringify(pass)}\n`);
  }
}

/** Small chunks are cut from larger reads: a system call for each would be all that is measured. */
async function* chunksOf(file: string, readBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  const highWaterMark = Math.max(readBytes, READ_BYTES_MIN);
  for await (const read of createReadStream(file, { highWaterMark })) {
    if (!(read instanceof Uint8Array)) throw new TypeError('Cannot read file: it gave text');
    if (readBytes >= read.byteLength) yield read;
    else yield* cut(read, readBytes);
  }
}

async function* cut(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.byteLength; at += length) yield bytes.subarray(at, at + length);
}
