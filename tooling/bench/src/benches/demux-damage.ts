import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchContext } from '../bench.ts';
import { DAMAGES, makeDamagedCall } from '../damaged-call.ts';
import { DEMUXERS } from '../demuxers/demuxer.ts';
import { probePackets } from '../ffprobe.ts';

const READ_BYTES = 65_536;
const PEERS = ['ours', 'ours-confirmed', 'ts-ebml', 'ebml-stream', 'mediabunny', 'ebml'] as const;
/** A library that waits for more than there is would wait for ever. */
const PATIENCE_MS = 10_000;

/** Counts which blocks of one side every library still gives when one of twelve fragments is damaged. */
export async function demuxDamage(context: BenchContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-damage-'));
  try {
    for (const damage of DAMAGES) {
      context.signal.throwIfAborted();
      const { bytes, payloadHashes } = makeDamagedCall(damage);
      const print = (peer: string, hashes: readonly string[]): void => {
        const kept = hashes.filter((hash) => payloadHashes.has(hash)).length;
        const params = { damage, blocks: payloadHashes.size };
        context.print({
          bench: 'demux-damage',
          metric: 'blocksKept',
          unit: '1',
          value: kept,
          n: 1,
          peer,
          params,
        });
        const altered = hashes.length - kept;
        context.print({
          bench: 'demux-damage',
          metric: 'blocksAltered',
          unit: '1',
          value: altered,
          n: 1,
          peer,
          params,
        });
      };
      for (const peer of PEERS) print(peer, await readBlocks(context, peer, bytes));
      const file = join(folder, `${damage}.mkv`);
      await writeFile(file, bytes);
      const packets = await probePackets(file, { hashes: true });
      if (packets === undefined) context.say('ffprobe is not installed: it is not measured');
      else
        print(
          'ffprobe',
          packets.flatMap(({ streamIndex, sha256 }) =>
            streamIndex === 0 && sha256 !== undefined ? [sha256] : [],
          ),
        );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Hashes of the payloads of track 1 that were given before the library ended, threw, or stopped. */
async function readBlocks(context: BenchContext, peer: string, bytes: Uint8Array): Promise<string[]> {
  const hashes: string[] = [];
  const demuxer = await DEMUXERS.get(peer)?.();
  const timer = new AbortController();
  try {
    await Promise.race([
      demuxer?.run(chunksOf(bytes), (trackNumber, payload) => {
        if (trackNumber === 1) hashes.push(createHash('sha256').update(payload).digest('hex'));
      }),
      patience(timer.signal),
    ]);
  } catch (error) {
    context.say(`${peer} ended with: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    timer.abort();
  }
  return hashes;
}

async function patience(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.byteLength; at += READ_BYTES) yield bytes.subarray(at, at + READ_BYTES);
}
