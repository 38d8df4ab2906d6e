import { openPutMedia, type MediaUpload } from '@earshot/connect-producer';
import { PARTICIPANT_ROLES } from '@earshot/domain';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags, type MuxTrack } from '@earshot/matroska';
import { BLOCK_MS, makeConversations, type Conversation } from './voices.ts';

export interface PacedCallsOptions {
  readonly endpointUrl: string;
  /** Blocks of each side that travel together. */
  readonly batchBlocks: number;
  /** Blocks of each side in a call; whole fragments of 16. */
  readonly callBlocks: number;
}

export interface FinishedCall {
  /** PCM of each side that the service acknowledged. */
  readonly sideBytes: number;
  /** How far its latest batch was behind the clock. */
  readonly lateMsMax: number;
}

export const FRAGMENT_BLOCKS = 16;
const CONVERSATIONS = 16;
const TICK_MS = 16;
const TRACKS: readonly MuxTrack[] = [
  { number: 1, uid: 1n, trackType: 2, codecId: 'A_AAC', name: 'AUDIO_FROM_CUSTOMER' },
  { number: 2, uid: 2n, trackType: 2, codecId: 'A_AAC', name: 'AUDIO_TO_CUSTOMER' },
];

/**
 * Plays many calls in real time for little: one timer for all of them, media made before. Each batch goes out when
 * its last sample would have been heard.
 */
export function createPacedCalls(options: PacedCallsOptions) {
  const conversations = makeConversations(CONVERSATIONS);
  const calls = new Set<PacedCall>();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    for (const call of calls) call.sendDue(nowMs);
  }, TICK_MS);

  return {
    /** Resolves when the whole call is stored by the service. */
    async play(call: {
      readonly index: number;
      readonly streamName: string;
      readonly contactId: string;
    }): Promise<FinishedCall> {
      const { endpointUrl } = options;
      const conversation = conversations[call.index % CONVERSATIONS];
      if (conversation === undefined) throw new RangeError(`Cannot play call ${call.index}`);
      const upload = openPutMedia({ endpointUrl, streamName: call.streamName });
      const paced = new PacedCall({ ...options, ...call, upload, conversation });
      calls.add(paced);
      try {
        await paced.sent;
        await upload.finish();
      } finally {
        calls.delete(paced);
      }
      return { sideBytes: paced.sideBytes, lateMsMax: paced.lateMsMax };
    },
    close: () => clearInterval(timer),
  };
}

interface PacedCallParts extends PacedCallsOptions {
  readonly index: number;
  readonly contactId: string;
  readonly upload: MediaUpload;
  readonly conversation: Conversation;
}

class PacedCall {
  readonly #parts: PacedCallParts;
  readonly #startedAtMs = performance.now();
  readonly #startAtMs = Date.now();
  readonly #sent = Promise.withResolvers<void>();
  #block = 0;
  #isWriting = false;
  sideBytes = 0;
  lateMsMax = 0;

  constructor(parts: PacedCallParts) {
    this.#parts = parts;
  }

  /** Resolves after the last block was written. */
  get sent(): Promise<void> {
    return this.#sent.promise;
  }

  /** Sends the next batch, if its time has come and the one before is out. */
  sendDue(nowMs: number): void {
    const { batchBlocks, callBlocks, upload } = this.#parts;
    const lateMs = nowMs - this.#startedAtMs - (this.#block + batchBlocks) * BLOCK_MS;
    if (lateMs < 0 || this.#isWriting || this.#block >= callBlocks) return;
    this.lateMsMax = Math.max(this.lateMsMax, lateMs);
    this.#isWriting = true;
    upload.write(this.#nextBatch()).then(
      () => {
        this.#isWriting = false;
        if (this.#block >= callBlocks) this.#sent.resolve();
      },
      (error: unknown) => this.#sent.reject(error),
    );
  }

  #nextBatch(): Uint8Array {
    const { batchBlocks, contactId, conversation, index } = this.#parts;
    const parts: Uint8Array[] = this.#block === 0 ? [documentHeader(contactId)] : [];
    for (const end = this.#block + batchBlocks; this.#block < end; this.#block += 1) {
      const inFragment = this.#block % FRAGMENT_BLOCKS;
      if (inFragment === 0) parts.push(muxClusterStart(this.#startAtMs + this.#block * BLOCK_MS));
      PARTICIPANT_ROLES.forEach((role, track) => {
        const voice = conversation[role];
        // Calls with the same voices are at different places of what they say.
        const payload = voice[(this.#block + index * 7) % voice.length];
        if (payload === undefined) throw new RangeError('Cannot play a voice without blocks');
        parts.push(
          muxSimpleBlock({ trackNumber: track + 1, relativeTimestamp: inFragment * BLOCK_MS, payload }),
        );
        if (track === 0) this.sideBytes += payload.length;
      });
    }
    return Buffer.concat(parts);
  }
}

function documentHeader(contactId: string): Uint8Array {
  return Buffer.concat([
    muxHeader({ tracks: TRACKS }),
    muxTags([{ name: 'ContactId', value: contactId }]),
    muxTags([{ name: 'MimeType', value: 'audio/L16;rate=8000;channels=1;' }]),
  ]);
}
