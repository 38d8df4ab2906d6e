import { setImmediate } from 'node:timers/promises';
import type { CallMediaEvent } from '@earshot/connect-media';
import { PARTICIPANT_ROLES } from '@earshot/domain';
import type { CreateEndpointer } from '../src/call-track.ts';
import { world, lease } from '../src/testing/call-world.ts';
import { transcribeCall } from '../src/transcribe-call.ts';

/*
 * What the way of one block through a call costs in this app, endpointer, recogniser and socket apart:
 *   node --conditions=earshot-source bench/blocks.ts [calls] [fragments]
 * Prints one JSON line: CPU time a block without and with the call around it.
 */
const [callsText = '100', fragmentsText = '200'] = process.argv.slice(2);
const CALLS = Number(callsText);
const FRAGMENTS = Number(fragmentsText);
const BLOCKS_PER_FRAGMENT = 32;
const pcm = new Uint8Array(1024);

async function* media(): AsyncGenerator<CallMediaEvent, void, undefined> {
  for (let fragment = 0; fragment < FRAGMENTS; fragment += 1) {
    const startMs = 1_700_000_000_000 + fragment * 1024;
    const times = { serverTimestampMs: startMs, producerTimestampMs: startMs };
    const fragmentNumber = String(fragment).padStart(47, '9');
    yield { type: 'fragment', fragmentNumber, contactId: 'c', roles: PARTICIPANT_ROLES, ...times };
    for (let block = 0; block < BLOCKS_PER_FRAGMENT; block += 1) {
      const role = block % 2 === 0 ? 'customer' : 'agent';
      yield { type: 'audio', role, pcm, mediaMs: startMs + Math.floor(block / 2) * 64 };
    }
    yield { type: 'fragmentEnd', fragmentNumber, millisBehindNow: 0 };
    await setImmediate();
  }
}

const NO_SEGMENTS = Promise.resolve([]);
const createEndpointer: CreateEndpointer = (_role, restored) => {
  let samples = restored?.anchorSample ?? 0;
  return {
    get receivedSamples() {
      return samples;
    },
    push(block) {
      samples += block.length;
      return NO_SEGMENTS;
    },
    flush: () => NO_SEGMENTS,
    snapshot: () => ({
      version: 1,
      anchorSample: samples,
      cut: { processedSample: samples, floorSample: 0, open: null },
      heardSample: samples,
      gateOpenUntilSample: 0,
      voiceActivity: '',
    }),
  };
};

async function measure(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: CALLS }, run));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (CALLS * FRAGMENTS * BLOCKS_PER_FRAGMENT);
}

const drain = async (): Promise<void> => {
  for await (const event of media()) if (event.type === 'end') return;
};
const never = new AbortController().signal;
const transcribe = async (): Promise<void> => {
  // A fragment lasts about as long as progress waits.
  const { deps } = world({ events: media, clockStepMs: 500 });
  await transcribeCall({ ...deps, media: { open: media }, createEndpointer }, lease(), never);
};

await measure(drain);
await measure(transcribe);
const sourceUs = await measure(drain);
const callUs = await measure(transcribe);
const round = (us: number): number => Math.round(us * 100) / 100;
process.stdout.write(
  `${JSON.stringify({ sourceUs: round(sourceUs), callUs: round(callUs), ownUs: round(callUs - sourceUs) })}\n`,
);
