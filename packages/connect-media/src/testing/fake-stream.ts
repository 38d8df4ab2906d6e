import { Readable } from 'node:stream';
import type { StartSelector } from '@aws-sdk/client-kinesis-video-media';
import type { ParticipantRole } from '@earshot/domain';
import { muxClusterStart, muxHeader, muxSimpleBlock, muxTags } from '@earshot/matroska';
import type { MediaConnector } from '../lib/media-connector.ts';

export interface FakeBlock {
  readonly role: ParticipantRole;
  readonly pcm: Uint8Array;
  /** Against the Cluster. */
  readonly atMs: number;
}

export interface FakeFragment {
  readonly number: bigint;
  readonly startMs: number;
  /** ContactId before the Cluster, behind it, or absent. */
  readonly leading?: string | undefined;
  readonly trailing?: string | undefined;
  readonly isSwapped?: boolean;
  readonly blocks: readonly FakeBlock[];
}

/** What happens to one response. */
export interface FakeBody {
  /** Sizes of the pieces it comes in, over and over. */
  readonly chunkBytes: readonly number[];
  readonly endsAfterBytes: number;
  readonly isCut: boolean;
  /** Fragments before the ones asked for. */
  readonly repeated: number;
}

const NAMES = { customer: 'AUDIO_FROM_CUSTOMER', agent: 'AUDIO_TO_CUSTOMER' } as const;

/** The document of a fragment as GetMedia gives it. */
export function fakeDocument(fragment: FakeFragment): Uint8Array {
  const numbers = fragment.isSwapped === true ? { customer: 2, agent: 1 } : { customer: 1, agent: 2 };
  const track = (role: ParticipantRole) => {
    return { number: numbers[role], trackType: 2, name: NAMES[role], codecId: 'A_AAC' };
  };
  const seconds = (fragment.startMs / 1000).toFixed(3);
  const number = String(fragment.number);
  const identity = (contactId: string | undefined) => {
    return contactId === undefined ? [] : [muxTags([{ name: 'ContactId', value: contactId }])];
  };
  return Buffer.concat([
    muxHeader({ tracks: [track('customer'), track('agent')] }),
    muxTags([
      { name: 'AWS_KINESISVIDEO_FRAGMENT_NUMBER', value: number },
      { name: 'AWS_KINESISVIDEO_SERVER_TIMESTAMP', value: seconds },
      { name: 'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP', value: seconds },
    ]),
    ...identity(fragment.leading),
    muxClusterStart(fragment.startMs),
    ...fragment.blocks.map(({ role, pcm, atMs }) => {
      return muxSimpleBlock({ trackNumber: numbers[role], relativeTimestamp: atMs, payload: pcm });
    }),
    ...identity(fragment.trailing),
    muxTags([
      { name: 'AWS_KINESISVIDEO_MILLIS_BEHIND_NOW', value: '0' },
      { name: 'AWS_KINESISVIDEO_CONTINUATION_TOKEN', value: number },
    ]),
  ]);
}

/** A stream that plays its fragments to whoever opens it; the responses go wrong as told, then right. */
export class FakeStream implements MediaConnector {
  readonly #fragments: readonly FakeFragment[];
  readonly #bodies: FakeBody[];
  readonly selectors: StartSelector[] = [];
  readonly opened: Readable[] = [];
  /** Responses open at once, at most. */
  openMax = 0;

  constructor(fragments: readonly FakeFragment[], bodies: readonly FakeBody[]) {
    this.#fragments = fragments;
    this.#bodies = [...bodies];
  }

  open(_streamArn: string, selector: StartSelector): Promise<Readable> {
    this.selectors.push(selector);
    const body = this.#bodies.shift();
    const asked = this.#startIndex(selector);
    const from = Math.max(0, asked - (this.selectors.length > 1 ? (body?.repeated ?? 0) : 0));
    const bytes = Buffer.concat(this.#fragments.slice(from).map(fakeDocument));
    const stream = Readable.from(pieces(bytes, body), { objectMode: false });
    this.opened.push(stream);
    this.openMax = Math.max(this.openMax, this.opened.filter(({ destroyed }) => !destroyed).length);
    return Promise.resolve(stream);
  }

  findPredecessor(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  close(): void {}

  #startIndex({ StartSelectorType, AfterFragmentNumber, StartTimestamp }: StartSelector): number {
    const from = (isWanted: (fragment: FakeFragment) => boolean): number => {
      const index = this.#fragments.findIndex(isWanted);
      return index === -1 ? this.#fragments.length : index;
    };
    const atMs = StartTimestamp?.getTime() ?? 0;
    if (StartSelectorType === 'FRAGMENT_NUMBER') {
      return from(({ number }) => number > BigInt(AfterFragmentNumber ?? '0'));
    }
    if (StartTimestamp !== undefined) return Math.max(0, from(({ startMs }) => startMs > atMs) - 1);
    return Math.max(0, this.#fragments.length - 1);
  }
}

async function* pieces(bytes: Uint8Array, body: FakeBody | undefined): AsyncGenerator<Uint8Array> {
  const sizes = body?.chunkBytes ?? [65_536];
  const end = Math.min(bytes.length, body?.endsAfterBytes ?? bytes.length);
  for (let at = 0, index = 0; at < end; index += 1) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1);
    yield bytes.subarray(at, Math.min(end, at + size));
    at += size;
  }
  if (body?.isCut !== true) return;
  await new Promise((resolve) => setImmediate(resolve));
  throw new Error('cut');
}
