import { randomUUID } from 'node:crypto';
import { ensureStream, putCall } from '@earshot/connect-producer';
import { samplesToMs } from '@earshot/domain';
import type { CallDesk, StartedCall } from '@earshot/scripted-ingest';
import type { CallSession } from '@earshot/storage';
import { bytesOf, type SpokenPcm } from './spoken-call.ts';

export interface PlayedCall {
  readonly guid: string;
  readonly sessionId: string;
  readonly session: CallSession;
  /** Everything of it has been put into its stream, and the stream was given to the next caller. */
  readonly played: Promise<void>;
}

export interface PlayOptions {
  readonly desk: CallDesk;
  readonly endpointUrl: string;
  readonly pcm: SpokenPcm;
  /** Media seconds a second. */
  readonly speed: number;
  readonly settings?: StartedCall['settings'];
}

const NEXT_CALLER_BYTES = 16 * 1024;

/** Starts a call as the gateway does and plays it; the next caller in the same stream ends it. */
export async function playCall({
  desk,
  endpointUrl,
  pcm,
  speed,
  settings = {},
}: PlayOptions): Promise<PlayedCall> {
  const guid = randomUUID();
  const streamName = `kill-${guid}`;
  const { streamArn } = await ensureStream({ endpointUrl, streamName });
  const session = await desk.startCall({ guid, streamArn, settings });
  const durationMs = samplesToMs(pcm.customer.length);
  // The media's clock ends with the playing, not behind it.
  const startAtMs = Date.now() - durationMs + Math.round(durationMs / speed);
  const stream = { endpointUrl, streamName };

  async function play(): Promise<void> {
    const tracks = { customer: bytesOf(pcm.customer), agent: bytesOf(pcm.agent) };
    await putCall({ ...stream, contactId: guid, tracks, speed, startAtMs });
    const silence = new Uint8Array(NEXT_CALLER_BYTES);
    await putCall({
      ...stream,
      contactId: randomUUID(),
      tracks: { customer: silence, agent: silence },
      speed: Number.POSITIVE_INFINITY,
      startAtMs: startAtMs + durationMs,
    });
  }
  return { guid, sessionId: session.sessionId, session, played: play() };
}
