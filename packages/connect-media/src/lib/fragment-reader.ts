import type { ParticipantRole } from '@earshot/domain';
import type { MatroskaEvent, MatroskaTrack } from '@earshot/matroska';
import type { MediaProblemCode } from './media-trouble.ts';
import { TrackRoles } from './track-roles.ts';

export interface FragmentHead {
  /** Decimal digits, more than a JavaScript number holds; absent where damage took it. */
  readonly fragmentNumber: string | undefined;
  readonly serverTimestampMs: number;
  readonly producerTimestampMs: number;
  readonly clusterMs: number;
  /** As far as tags before the Cluster tell it. */
  readonly contactId: string | undefined;
  /** Sides that have a track. */
  readonly roles: ReadonlySet<ParticipantRole>;
  /** Something between the fragment before and this Cluster could not be read. */
  readonly isDamaged: boolean;
}

export interface FragmentTail {
  /** The continuation token: the fragment's own number. Absent where the next document ended the fragment. */
  readonly token: string | undefined;
  readonly millisBehindNow: number | undefined;
}

/** Takes what one GetMedia body says, piece by piece. */
export interface FragmentSink {
  begin(head: FragmentHead): void;
  block(role: ParticipantRole, pcm: Uint8Array, mediaMs: number): void;
  /** The ContactId stands behind the Cluster. */
  identity(contactId: string): void;
  complete(tail: FragmentTail): void;
  /** Media may be lost here. */
  damaged(message: string): void;
  problem(code: MediaProblemCode, message: string): void;
  /** The service gave up within the body. */
  refused(errorId: string, errorCode: string): void;
}

const TAG_NAMES: ReadonlySet<string> = new Set([
  'AWS_KINESISVIDEO_FRAGMENT_NUMBER',
  'AWS_KINESISVIDEO_SERVER_TIMESTAMP',
  'AWS_KINESISVIDEO_PRODUCER_TIMESTAMP',
  'AWS_KINESISVIDEO_MILLIS_BEHIND_NOW',
  'AWS_KINESISVIDEO_CONTINUATION_TOKEN',
  'AWS_KINESISVIDEO_ERROR_ID',
  'AWS_KINESISVIDEO_ERROR_CODE',
]);
const FRAGMENT_NUMBER = /^[0-9]{1,128}$/;
/** What is no text, or far too long for an id, is no ContactId but damage. */
const CONTACT_ID = /^[\x21-\x7e]{1,256}$/;
const PCM_MIME_TYPE = /^audio\/L16;.*rate=8000/i;

/** Gives the Matroska documents of one GetMedia body their Kinesis meaning: one document is one fragment. */
export class FragmentReader {
  readonly #sink: FragmentSink;
  #roles = new TrackRoles();
  #tags = new Map<string, string>();
  #contactId: string | undefined;
  #state: 'head' | 'open' | 'closed' = 'head';
  /** Since the last fragment that ended whole. */
  #isDamaged = false;
  /** The body ended within an element. */
  isTruncated = false;

  constructor(sink: FragmentSink) {
    this.#sink = sink;
  }

  take(event: MatroskaEvent): void {
    switch (event.type) {
      case 'block':
        return this.#block(event.trackNumber, event.timestampMs, event.frames);
      case 'documentStart':
        this.#roles = new TrackRoles();
        this.#tags = new Map();
        this.#contactId = undefined;
        this.#state = 'head';
        return;
      case 'track':
        return this.#track(event.track);
      case 'tag':
        return this.#tag(event.name, event.value);
      case 'clusterStart':
        return this.#cluster(event.timestampMs);
      case 'documentEnd':
        return this.#end();
      case 'problem':
        return this.#problem(event.code, event.message);
      case 'info':
      case 'clusterEnd':
        return;
    }
  }

  /** The last events of a body: a document that ends with it is whole only if its token came. */
  takeLast(event: MatroskaEvent): void {
    if (event.type !== 'documentEnd') this.take(event);
    else this.#refusal();
  }

  #track(track: MatroskaTrack): void {
    if (this.#roles.add(track)) return;
    const name = JSON.stringify((track.name ?? '').slice(0, 64));
    this.#sink.problem('media.unknown-track', `Cannot use track ${track.number}: name ${name}`);
  }

  #tag(name: string, value: string): void {
    if (name === 'ContactId') return this.#identity(value);
    if (name === 'MimeType' && !PCM_MIME_TYPE.test(value)) {
      const message = `Cannot trust audio: MimeType ${JSON.stringify(value.slice(0, 64))}`;
      this.#sink.problem('media.unexpected-format', message);
    }
    if (!TAG_NAMES.has(name)) return;
    this.#tags.set(name, value);
    // The token is the last thing a fragment says, so nobody waits for the next fragment to end this one.
    if (name === 'AWS_KINESISVIDEO_CONTINUATION_TOKEN' && this.#state === 'open') this.#complete(value);
  }

  #identity(value: string): void {
    if (!CONTACT_ID.test(value)) {
      this.#damage('Cannot use ContactId: it is not 1 to 256 visible characters');
      return;
    }
    this.#contactId = value;
    if (this.#state === 'open') this.#sink.identity(value);
  }

  #cluster(clusterMs: number): void {
    if (this.#state === 'open' && this.#isDamaged) {
      // It may be the next fragment's, whose head was lost with whatever it said about its contact.
      this.#complete(undefined);
      this.#damage('Cannot use Cluster: it follows damage in the same document');
    }
    if (this.#state !== 'head') return;
    const number = this.#tags.get('AWS_KINESISVIDEO_FRAGMENT_NUMBER') ?? '';
    const isNumbered = FRAGMENT_NUMBER.test(number);
    if (!isNumbered) this.#damage('Cannot use fragment: it has no fragment number');
    this.#state = 'open';
    this.#sink.begin({
      fragmentNumber: isNumbered ? number : undefined,
      serverTimestampMs: this.#timestampMs('AWS_KINESISVIDEO_SERVER_TIMESTAMP') ?? clusterMs,
      producerTimestampMs: this.#timestampMs('AWS_KINESISVIDEO_PRODUCER_TIMESTAMP') ?? clusterMs,
      clusterMs,
      contactId: this.#contactId,
      roles: this.#roles.all(),
      isDamaged: this.#isDamaged,
    });
  }

  #block(trackNumber: number, mediaMs: number, frames: readonly Uint8Array[]): void {
    if (this.#state !== 'open') return;
    const role = this.#roles.of(trackNumber);
    if (role === undefined) return;
    const [only] = frames;
    const pcm = frames.length === 1 && only !== undefined ? only : Buffer.concat(frames);
    this.#sink.block(role, pcm, mediaMs);
  }

  #end(): void {
    if (!this.#refusal() && this.#state === 'open') this.#complete(undefined);
  }

  /** An error document has no Cluster, or its fragment broke off. */
  #refusal(): boolean {
    const errorId = this.#tags.get('AWS_KINESISVIDEO_ERROR_ID');
    const errorCode = this.#tags.get('AWS_KINESISVIDEO_ERROR_CODE');
    if (errorId === undefined && errorCode === undefined) return false;
    this.#sink.refused(errorId ?? '', errorCode ?? '');
    return true;
  }

  #complete(token: string | undefined): void {
    this.#state = 'closed';
    const millis = Number(this.#tags.get('AWS_KINESISVIDEO_MILLIS_BEHIND_NOW') ?? Number.NaN);
    this.#sink.complete({ token, millisBehindNow: Number.isFinite(millis) ? millis : undefined });
    this.#isDamaged = false;
  }

  #problem(code: string, message: string): void {
    if (code === 'matroska.truncated') this.isTruncated = true;
    else if (code === 'matroska.unsupported') this.#sink.problem('media.unexpected-format', message);
    else this.#damage(message);
  }

  #damage(message: string): void {
    this.#isDamaged = true;
    this.#sink.damaged(message);
  }

  /** Tags hold decimal seconds. */
  #timestampMs(name: string): number | undefined {
    const seconds = Number(this.#tags.get(name) ?? Number.NaN);
    return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
  }
}
