import { Readable } from 'node:stream';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '@earshot/matroska';
import { createLogger } from '@earshot/telemetry';
import { OpenCalls } from '../src/lib/open-calls.ts';
import { readCall } from '../src/lib/read-call.ts';

// What one call costs from the chunk of its socket to its events: one chunk holds one pair of blocks.
const FRAGMENTS = 400;
const PAIRS = 16;
const payload = new Uint8Array(1024).fill(7);
const tracks = [
  { number: 1, trackType: 2, name: 'AUDIO_TO_CUSTOMER', codecId: 'A_AAC' },
  { number: 2, trackType: 2, name: 'AUDIO_FROM_CUSTOMER', codecId: 'A_AAC' },
];

function* chunks(isWhole: boolean): Generator<Uint8Array> {
  for (let fragment = 1; fragment <= FRAGMENTS; fragment += 1) {
    const startMs = 1_700_000_000_000 + fragment * PAIRS * 64;
    const number = String(fragment).padStart(47, '0');
    const head = Buffer.concat([
      muxHeader({ tracks }),
      muxTags([
        { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: number },
        { name: 'AWS_KINESISVIDEO_SERVER_TIMESTAMP', value: String(startMs / 1000) },
        { name: 'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', value: String(startMs / 1000) },
      ]),
      muxTags([{ name: 'ContactId', value: 'c' }]),
      muxClusterStart(startMs),
    ]);
    const pairs = Array.from({ length: PAIRS }, (_, index) =>
      Buffer.concat(
        [1, 2].map((trackNumber) => muxSimpleBlock({ trackNumber, relativeTimestamp: index * 64, payload })),
      ),
    );
    const tail = muxTags([{ name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: number }]);
    if (isWhole) yield Buffer.concat([head, ...pairs, tail]);
    else yield* [head, ...pairs, tail];
  }
}

async function run(isWhole: boolean): Promise<number> {
  const made = [...chunks(isWhole)];
  const signal = new AbortController().signal;
  const deps = {
    connector: {
      open: async () => Readable.from(made, { highWaterMark: 1 }),
      findPredecessor: async () => undefined,
      close: () => {},
    },
    openCalls: new OpenCalls(),
    limits: {
      openRetryMsMax: 1,
      mediaIdleMsMax: 1e9,
      bodyIdleMsMax: 1e9,
      startSilenceMsMax: 1e9,
      elementBytesMax: 4e6,
      endedIdleMsMax: 1e9,
    },
    clock: { now: () => performance.now() },
    random: Math.random,
    sleep: async () => {},
    logger: createLogger({ app: 'bench', level: 'silent' }),
  };
  const start = { type: 'selector', selector: { type: 'NOW' }, acceptedAtMs: 0 } as const;
  const before = process.cpuUsage();
  let blocks = 0;
  for await (const event of readCall(deps, { streamArn: 's', guid: 'c', start, signal })) {
    if (event.type === 'audio') blocks += 1;
    if (blocks === FRAGMENTS * PAIRS * 2) break;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / blocks;
}

for (const isWhole of [false, true]) {
  await run(isWhole);
  const costs = [await run(isWhole), await run(isWhole), await run(isWhole)].toSorted((a, b) => a - b);
  process.stdout.write(
    `${isWhole ? 'one chunk a fragment' : 'one chunk a pair of blocks'}: ${costs[1]?.toFixed(2)} µs CPU a block\n`,
  );
}
