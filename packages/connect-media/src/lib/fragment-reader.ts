import type { ParticipantRole } from '@earshot/domain';
import type { MatroskaEvent, MatroskaTrack } from '@earshot/matroska';
import type { MediaProblemCode } from './media-trouble.ts';

export interface FragmentHead {
  /** Decimal digits, more than a JavaScript number holds. */
  readonly fragmentNumber: string;
  readonly serverTimestampMs: number;
  readonly producerTimestampMs: number;
  readonly clusterMs: number;
  /** As far as tags before the Cluster tell it. */
  readonly contactId: string | undefined;
  /** Sides that have a track. */
  readonly roles: ReadonlySet<ParticipantRole>;
}

/** What one GetMedia body says, piece by piece. */
export type FragmentPart =
  | { readonly type: 'begin'; readonly head: FragmentHead }
  | {
      readonly type: 'block';
      readonly role: ParticipantRole;
      readonly pcm: Uint8Array;
      readonly mediaMs: number;
    }
  /** The ContactId came behind the Cluster. */
  | { readonly type: 'identity'; readonly contactId: string }
  | { readonly type: 'complete'; readonly millisBehindNow: number | undefined }
  /** The service gave up within the body. */
  | { readonly type: 'refused'; readonly errorId: string; readonly errorCode: string }
  | { readonly type: 'problem'; readonly code: MediaProblemCode; readonly message: string };

/** Direction comes from the name only: track numbers and codec ids of Amazon Connect mislead (connect-media 0). */
const ROLE_BY_TRACK_NAME: ReadonlyMap<string, ParticipantRole> = new Map([
  ['AUDIO_FROM_CUSTOMER', 'customer'],
  ['AUDIO_TO_CUSTOMER', 'agent'],
  ['Track_audio/L16', 'customer'],
]);

const FRAGMENT_NUMBER = /^[0-9]{1,128}$/;
const PCM_MIME_TYPE = /^audio\/L16;.*rate=8000/i;

/** Gives the Matroska documents of one GetMedia body their Kinesis meaning: one document is one fragment. */
export class FragmentReader {
  #roles = new Map<number, ParticipantRole>();
  #tags = new Map<string, string>();
  #state: 'head' | 'open' | 'closed' = 'head';
  #contactId: string | undefined;
  /** The body ended within an element. */
  isTruncated = false;

  *read(events: Iterable<MatroskaEvent>): Generator<FragmentPart, void, undefined> {
    for (const event of events) yield* this.#take(event, false);
  }

  /** The last events of a body: a document that ends with the body counts as complete only if its token came. */
  *readEnd(events: Iterable<MatroskaEvent>): Generator<FragmentPart, void, undefined> {
    for (const event of events) yield* this.#take(event, true);
  }

  *#take(event: MatroskaEvent, atEnd: boolean): Generator<FragmentPart, void, undefined> {
    switch (event.type) {
      case 'documentStart':
        this.#roles = new Map();
        this.#tags = new Map();
        this.#contactId = undefined;
        this.#state = 'head';
        break;
      case 'track':
        yield* this.#track(event.track);
        break;
      case 'tag':
        this.#tags.set(event.name, event.value);
        if (this.#state === 'open') yield* this.#trailingTag(event.name, event.value);
        break;
      case 'clusterStart':
        if (this.#state === 'head') yield* this.#begin(event.timestampMs);
        break;
      case 'block':
        yield* this.#block(event.trackNumber, event.timestampMs, event.frames);
        break;
      case 'documentEnd':
        yield* this.#end(atEnd);
        break;
      case 'problem':
        if (event.code === 'matroska.truncated') this.isTruncated = true;
        else yield { type: 'problem', code: 'media.damaged', message: event.message };
        break;
      case 'info':
      case 'clusterEnd':
        break;
    }
  }

  *#track(track: MatroskaTrack): Generator<FragmentPart, void, undefined> {
    const role = ROLE_BY_TRACK_NAME.get(track.name ?? '');
    if (role !== undefined) {
      this.#roles.set(track.number, role);
      return;
    }
    const name = JSON.stringify((track.name ?? '').slice(0, 64));
    yield {
      type: 'problem',
      code: 'media.unknown-track',
      message: `Cannot use track ${track.number}: name ${name}`,
    };
  }

  *#begin(clusterMs: number): Generator<FragmentPart, void, undefined> {
    const fragmentNumber = this.#tags.get('AWS_KINESISVIDEO_FRAGMENT_NUMBER') ?? '';
    if (!FRAGMENT_NUMBER.test(fragmentNumber)) {
      this.#state = 'closed';
      yield {
        type: 'problem',
        code: 'media.damaged',
        message: 'Cannot use fragment: it has no fragment number',
      };
      return;
    }
    this.#state = 'open';
    this.#contactId = this.#tags.get('ContactId');
    const mimeType = this.#tags.get('MimeType');
    if (mimeType !== undefined && !PCM_MIME_TYPE.test(mimeType)) {
      const message = `Cannot trust audio: MimeType ${JSON.stringify(mimeType.slice(0, 64))}`;
      yield { type: 'problem', code: 'media.unexpected-format', message };
    }
    const head: FragmentHead = {
      fragmentNumber,
      serverTimestampMs: this.#timestampMs('AWS_KINESISVIDEO_SERVER_TIMESTAMP') ?? clusterMs,
      producerTimestampMs: this.#timestampMs('AWS_KINESISVIDEO_PRODUCER_TIMESTAMP') ?? clusterMs,
      clusterMs,
      contactId: this.#contactId,
      roles: new Set(this.#roles.values()),
    };
    yield { type: 'begin', head };
  }

  *#block(
    trackNumber: number,
    mediaMs: number,
    frames: readonly Uint8Array[],
  ): Generator<FragmentPart, void, undefined> {
    const role = this.#roles.get(trackNumber);
    if (role === undefined || this.#state !== 'open') return;
    const [only] = frames;
    const pcm = frames.length === 1 && only !== undefined ? only : Buffer.concat(frames);
    yield { type: 'block', role, pcm, mediaMs };
  }

  *#trailingTag(name: string, value: string): Generator<FragmentPart, void, undefined> {
    if (name === 'ContactId' && this.#contactId === undefined) {
      this.#contactId = value;
      yield { type: 'identity', contactId: value };
    }
    // The token is the last thing a fragment says, so nobody waits for the next fragment to end this one.
    if (name === 'AWS_KINESISVIDEO_CONTINUATION_TOKEN') yield this.#complete();
  }

  *#end(atEnd: boolean): Generator<FragmentPart, void, undefined> {
    const errorId = this.#tags.get('AWS_KINESISVIDEO_ERROR_ID');
    const errorCode = this.#tags.get('AWS_KINESISVIDEO_ERROR_CODE');
    if (errorId !== undefined || errorCode !== undefined) {
      yield { type: 'refused', errorId: errorId ?? '', errorCode: errorCode ?? '' };
    } else if (this.#state === 'open' && !atEnd) {
      yield this.#complete();
    }
  }

  #complete(): FragmentPart {
    this.#state = 'closed';
    const millis = Number(this.#tags.get('AWS_KINESISVIDEO_MILLIS_BEHIND_NOW') ?? Number.NaN);
    return { type: 'complete', millisBehindNow: Number.isFinite(millis) ? millis : undefined };
  }

  /** Tags hold decimal seconds. */
  #timestampMs(name: string): number | undefined {
    const seconds = Number(this.#tags.get(name) ?? Number.NaN);
    return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
  }
}
