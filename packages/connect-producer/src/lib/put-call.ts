import type { MuxTag } from '@earshot/matroska';
import type { ParticipantRole } from '@earshot/domain';
import { connectTags, type TrackNumbers } from './call-document.ts';
import { CallSides } from './call-sides.ts';
import { BLOCK_MS, CallWriter, type Gap } from './call-writer.ts';
import { Pace } from './pace.ts';
import type { PcmSource } from './pcm-reader.ts';
import { openPutMedia, type MediaUpload } from './put-media.ts';

export interface PutCallOptions {
  /** `http://host:port` of the service. */
  readonly endpointUrl: string;
  /** An existing stream. */
  readonly streamName: string;
  readonly contactId: string;
  readonly instanceId?: string;
  /** One side or both; a side left out has no track. */
  readonly tracks: Readonly<Partial<Record<ParticipantRole, PcmSource>>>;
  /** Media time of the first sample, ms since the epoch. Default: now. */
  readonly startAtMs?: number;
  /** Media seconds a second; 1 is real time, `Infinity` as fast as the service takes it. Default 1. */
  readonly speed?: number;
  /** Media in a fragment, rounded up to whole blocks of 64 ms. Default 1024 ms, at most 10000. */
  readonly fragmentMs?: number;
  /** Default customer 1, agent 2. */
  readonly trackNumbers?: TrackNumbers;
  /**
   * PCM of a block, 1 to 1024 bytes, also odd. Blocks begin every 64 ms whatever they hold, so a short one
   * leaves a hole by timestamps, and the PCM put is still all that was given. Default 1024.
   */
  readonly blockBytes?: (blockIndex: number, role: ParticipantRole) => number;
  /** Producer's tags of a fragment; where they change a new document begins. Default: those of Amazon Connect in every fragment. */
  readonly tags?: (fragmentIndex: number, connectTags: readonly MuxTag[]) => readonly MuxTag[];
  /** Holes in media time; PCM goes on behind them, in a new fragment. Default none. */
  readonly gaps?: readonly Gap[];
  /** Media sent in one write, rounded up to whole blocks of 64 ms. More is cheaper and later. Default 64 ms. */
  readonly batchMs?: number;
  /** Hangs up: the call ends in order at the next write and `putCall` resolves with what was sent. */
  readonly signal?: AbortSignal;
  /** Called after each write. */
  readonly onProgress?: (progress: PutCallProgress) => void;
}

export interface PutCallProgress {
  /** Media sent so far, gaps included. */
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
  /** Of the PCM put, in hexadecimal; that of nothing for a side left out. */
  readonly customerSha256: string;
  readonly agentSha256: string;
  readonly firstFragmentNumber: string | undefined;
  readonly lastFragmentNumber: string | undefined;
  readonly fragments: number;
}

const DEFAULT_FRAGMENT_MS = 1024;
const FRAGMENT_MS_MAX = 10_000;

/**
 * Plays a call into a stream: blocks of both sides in turn, each sent when its last sample would have been heard.
 * Deadlines count from the beginning, so the pace does not drift. Throws `producer.refused`, `producer.odd-pcm`,
 * `producer.bad-block`.
 */
export async function putCall(options: PutCallOptions): Promise<PutCallResult> {
  const upload = openPutMedia(options);
  const sides = new CallSides(options.tracks, options.blockBytes);
  try {
    await sendCall(upload, sides, options);
    return { ...sides.bytes(), ...sides.hashes(), ...(await upload.finish()) };
  } catch (error) {
    upload.abort();
    throw error;
  } finally {
    await sides.close();
  }
}

async function sendCall(upload: MediaUpload, sides: CallSides, options: PutCallOptions): Promise<void> {
  const { startAtMs = Date.now(), speed = 1, batchMs = BLOCK_MS, signal, onProgress } = options;
  const writer = callWriter(options, startAtMs);
  const pace = new Pace(speed, signal);
  const batchBlocks = Math.max(1, Math.ceil(batchMs / BLOCK_MS));
  let batch: Uint8Array[] = [];

  const send = async (): Promise<void> => {
    await pace.reach(writer.nextMs);
    await upload.write(Buffer.concat(batch));
    batch = [];
    const { firstFragmentNumber } = upload.summary;
    onProgress?.({ mediaMs: writer.nextMs, startAtMs, ...sides.bytes(), firstFragmentNumber });
  };

  for (let block = 0; signal?.aborted !== true; block += 1) {
    const pair = await sides.next(block);
    if (sides.speaking.length === 0) break;
    batch.push(...writer.write(pair, sides.speaking));
    if ((block + 1) % batchBlocks === 0) await send();
  }
  if (batch.length > 0) await send();
}

function callWriter(options: PutCallOptions, startAtMs: number): CallWriter {
  const { contactId, instanceId = 'local', gaps = [], fragmentMs = DEFAULT_FRAGMENT_MS } = options;
  const { trackNumbers = { customer: 1, agent: 2 }, tags } = options;
  const connect = connectTags(contactId, instanceId);
  return new CallWriter({
    startAtMs: Math.round(startAtMs),
    fragmentBlocks: Math.max(1, Math.ceil(Math.min(fragmentMs, FRAGMENT_MS_MAX) / BLOCK_MS)),
    trackNumbers,
    gaps,
    tagsOf: (fragmentIndex) => tags?.(fragmentIndex, connect) ?? connect,
  });
}
