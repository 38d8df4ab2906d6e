import { setTimeout as delay } from 'node:timers/promises';
import { ensureStream, putCall, type PutCallResult } from '@earshot/connect-producer';
import type { KvsEmulator } from '@earshot/kvs-emulator';
import { IDENTITY_TAG } from '@earshot/kvs-emulator';
import { callPcm, pcmAsBytes, type CallPcm } from './call-pcm.ts';
import { FRAGMENT_MS, type Scenario } from './scenario.ts';

export const CONTACT_ID = 'contact-of-the-call';
const STREAM_NAME = 'chaos';

export interface PlayedStream {
  readonly streamArn: string;
  /** Resolves once the producer knows where the call began. */
  readonly firstFragmentNumber: Promise<string>;
  readonly done: Promise<PutCallResult>;
}

/** Makes the stream of a scenario, with another call before, and starts the call and the one after it. */
export async function playStream(
  emulator: KvsEmulator,
  scenario: Scenario,
  pcm: CallPcm,
  onAccept: () => void,
): Promise<PlayedStream> {
  const endpointUrl = emulator.url;
  const { streamArn } = await ensureStream({
    endpointUrl,
    streamName: STREAM_NAME,
    retentionHours: 1,
    tags: { [IDENTITY_TAG]: scenario.identity },
  });
  const startAtMs = Date.now();
  const other = (seed: number, fragments: number, startsAtMs: number) =>
    putOther(endpointUrl, seed, fragments, startsAtMs);
  await other(scenario.seed + 1000, scenario.before, startAtMs - 60_000);
  // Server times are whole milliseconds: a fragment of the one in which the call is accepted would count as its own.
  await delay(3);
  // Plans count fragments since the stream was made, the other call's included.
  emulator.setFaults({ streamName: STREAM_NAME, faults: scenario.faults(scenario.before) });
  onAccept();

  const first = Promise.withResolvers<string>();
  const play = async (): Promise<PutCallResult> => {
    const put = await putCall({
      endpointUrl,
      streamName: STREAM_NAME,
      contactId: CONTACT_ID,
      tracks: { customer: pcmAsBytes(pcm.customer), agent: pcmAsBytes(pcm.agent) },
      startAtMs,
      speed: scenario.speed,
      fragmentMs: FRAGMENT_MS,
      trackNumbers:
        scenario.areTracksSwapped === true ? { customer: 2, agent: 1 } : { customer: 1, agent: 2 },
      onProgress: ({ firstFragmentNumber }) => {
        if (firstFragmentNumber !== undefined) first.resolve(firstFragmentNumber);
      },
    });
    if (put.firstFragmentNumber !== undefined) first.resolve(put.firstFragmentNumber);
    const endsAtMs = startAtMs + scenario.fragmentCount * FRAGMENT_MS;
    await other(scenario.seed + 2000, scenario.after, endsAtMs + 5000);
    return put;
  };
  const done = play();
  done.catch((error: unknown) => first.reject(error));
  return { streamArn, firstFragmentNumber: first.promise, done };
}

async function putOther(
  endpointUrl: string,
  seed: number,
  fragments: number,
  startAtMs: number,
): Promise<void> {
  if (fragments === 0) return;
  const { customer, agent } = callPcm(seed, fragments * FRAGMENT_MS);
  await putCall({
    endpointUrl,
    streamName: STREAM_NAME,
    contactId: 'another-contact',
    tracks: { customer: pcmAsBytes(customer), agent: pcmAsBytes(agent) },
    startAtMs,
    speed: Number.POSITIVE_INFINITY,
    fragmentMs: FRAGMENT_MS,
  });
}
