import { setTimeout as delay } from 'node:timers/promises';
import { muxClusterStart, muxSimpleBlock } from '@earshot/matroska';
import type { ParticipantRole } from '@earshot/domain';
import { callHeader, type TrackNumbers } from './call-document.ts';
import { pcmBlocks, type PcmSource } from './pcm-blocks.ts';
import { openPutMedia, type MediaUpload } from './put-media.ts';

export interface PutCallOptions {
  /** `http://host:port` of the service. */
  readonly endpointUrl: string;
  /** An existing stream. */
  readonly streamName: string;
  readonly contactId: string;
  readonly instanceId?: string;
  readonly tracks: Readonly<Record<ParticipantRole, PcmSource>>;
  /** Media time of the first sample, ms since the epoch. Default: now. */
  readonly startAtMs?: number;
  /** Media seconds a second; 1 is real time, `Infinity` as fast as the service takes it. Default 1. */
  readonly speed?: number;
  /** Media in a fragment, rounded up to whole blocks of 64 ms. Default 1024 ms, at most 10000. */
  readonly fragmentMs?: number;
  /** Default customer 1, agent 2. */
  readonly trackNumbers?: TrackNumbers;
  /** Hangs up: the call ends in order at the next block and `putCall` resolves with what was sent. */
  readonly signal?: AbortSignal;
  /** Called after each pair of blocks. */
  readonly onProgress?: (progress: PutCallProgress) => void;
}

export interface PutCallProgress {
  /** Media sent so far. */
  readonly mediaMs: number;
  /** Media time of the first sample, ms since the epoch. */
  readonly startAtMs: number;
  readonly customerBytes: number;
  readonly agentBytes: number;
  /** Known soon after the first block: Amazon Connect tells it as StartFragmentNumber. */
  readonly firstFragmentNumber: string | undefined;
}

export interface PutCallResult {
  readonly customerBytes: number;
  readonly agentBytes: number;
  readonly firstFragmentNumber: string | undefined;
  readonly lastFragmentNumber: string | undefined;
  readonly fragments: number;
}

const BLOCK_MS = 64;
const DEFAULT_FRAGMENT_MS = 1024;
const FRAGMENT_MS_MAX = 10_000;

/**
 * Plays a call into a stream: blocks of both sides in turn, each sent when its last sample would have been heard.
 * Deadlines count from the beginning, so the pace does not drift. Throws `producer.refused`, `producer.odd-pcm`.
 */
export async function putCall(options: PutCallOptions): Promise<PutCallResult> {
  const upload = openPutMedia(options);
  try {
    const sent = await sendCall(upload, options);
    return { ...sent, ...(await upload.finish()) };
  } catch (error) {
    upload.abort();
    throw error;
  }
}

async function sendCall(
  upload: MediaUpload,
  options: PutCallOptions,
): Promise<{ customerBytes: number; agentBytes: number }> {
  const { trackNumbers = { customer: 1, agent: 2 }, startAtMs = Date.now(), speed = 1, signal } = options;
  const { contactId, instanceId = 'local', fragmentMs = DEFAULT_FRAGMENT_MS } = options;
  const fragmentBlocks = Math.ceil(Math.min(fragmentMs, FRAGMENT_MS_MAX) / BLOCK_MS);
  const sides = {
    customer: new Side(options.tracks.customer, trackNumbers.customer),
    agent: new Side(options.tracks.agent, trackNumbers.agent),
  };
  const pace = new Pace(speed, signal);
  const header = callHeader({ contactId, instanceId, trackNumbers });

  for (let block = 0; signal?.aborted !== true; block += 1) {
    const relativeTimestamp = (block % fragmentBlocks) * BLOCK_MS;
    const muxed = [await sides.customer.next(relativeTimestamp), await sides.agent.next(relativeTimestamp)];
    const payload = muxed.filter((part) => part !== undefined);
    if (payload.length === 0) break;
    const mediaMs = block * BLOCK_MS;
    if (relativeTimestamp === 0) payload.unshift(muxClusterStart(Math.round(startAtMs) + mediaMs));
    if (block === 0) payload.unshift(header);
    await pace.reach(mediaMs + BLOCK_MS);
    await upload.write(Buffer.concat(payload));
    options.onProgress?.({
      mediaMs: mediaMs + BLOCK_MS,
      startAtMs,
      customerBytes: sides.customer.sentBytes,
      agentBytes: sides.agent.sentBytes,
      firstFragmentNumber: upload.summary.firstFragmentNumber,
    });
  }
  await Promise.all([sides.customer.close(), sides.agent.close()]);
  return { customerBytes: sides.customer.sentBytes, agentBytes: sides.agent.sentBytes };
}

/** One participant's blocks as they go out. */
class Side {
  readonly #blocks: AsyncGenerator<Uint8Array, void, undefined>;
  readonly #trackNumber: number;
  sentBytes = 0;

  constructor(pcm: PcmSource, trackNumber: number) {
    this.#blocks = pcmBlocks(pcm);
    this.#trackNumber = trackNumber;
  }

  /** `undefined` when this side has no more to say. */
  async next(relativeTimestamp: number): Promise<Uint8Array | undefined> {
    const { value: payload } = await this.#blocks.next();
    if (payload === undefined) return undefined;
    this.sentBytes += payload.length;
    return muxSimpleBlock({ trackNumber: this.#trackNumber, relativeTimestamp, payload });
  }

  /** Ends the source of a call that was hung up. */
  async close(): Promise<void> {
    await this.#blocks.return();
  }
}

/** Holds media time against the clock of this machine. */
class Pace {
  readonly #startedAtMs = performance.now();
  readonly #speed: number;
  readonly #signal: AbortSignal | undefined;

  constructor(speed: number, signal: AbortSignal | undefined) {
    this.#speed = speed;
    this.#signal = signal;
  }

  /** Resolves when `mediaMs` of media would have been heard, at once when that is past or the call is hung up. */
  async reach(mediaMs: number): Promise<void> {
    const waitMs = this.#startedAtMs + mediaMs / this.#speed - performance.now();
    if (!(waitMs > 0)) return;
    try {
      await delay(waitMs, undefined, this.#signal === undefined ? {} : { signal: this.#signal });
    } catch (error) {
      if (this.#signal?.aborted !== true) throw error;
    }
  }
}
