import { Demuxer, type MatroskaEvent } from '@earshot/matroska';
import type { Fragment, FragmentHead, FragmentTag, FragmentTrack } from './fragment.ts';
import { PcmSlab } from './pcm-slab.ts';
import type { FragmentWriter, VideoStream } from './video-stream.ts';

/** One line of a PutMedia response. */
export interface Acknowledgement {
  readonly EventType: 'BUFFERING' | 'RECEIVED' | 'PERSISTED' | 'ERROR';
  readonly FragmentTimecode?: number;
  readonly FragmentNumber?: string;
  readonly ErrorId?: number;
  readonly ErrorCode?: string;
}

export interface IntakeOptions {
  /** `RELATIVE`: Cluster timestamps count from `producerStartMs`. */
  readonly timecodeType: 'ABSOLUTE' | 'RELATIVE';
  readonly producerStartMs: number;
  /** A fragment without a block of a declared track is refused (error 4011), as the service does. */
  readonly requireAllTracks: boolean;
}

const FRAGMENT_BYTES_MAX = 50 * 1024 * 1024;
const FRAGMENT_MS_MAX = 10_000;
const TRACKS_MAX = 3;
const TAGS_MAX = 100;

const ERRORS = {
  4001: 'FRAGMENT_SIZE_LIMIT_EXCEEDED',
  4002: 'FRAGMENT_DURATION_LIMIT_EXCEEDED',
  4004: 'FRAGMENT_TIMECODE_NOT_MONOTONIC',
  4006: 'INVALID_MKV_DATA',
  4009: 'METADATA_LIMIT_EXCEEDED',
  4011: 'MISSING_FRAME_FOR_TRACK',
  4012: 'TRACK_NUMBER_LIMIT_EXCEEDED',
} as const;

/** Turns what one producer sends into fragments of the stream; every Cluster is one. Says what to acknowledge. */
export class PutMediaIntake {
  readonly #stream: VideoStream;
  readonly #options: IntakeOptions;
  readonly #demuxer = new Demuxer({ elementBytesMax: FRAGMENT_BYTES_MAX });
  #tracks: FragmentTrack[] = [];
  readonly #tags = new Map<string, string>();
  /** What fragments share until a track or tag changes, so that it is written once for all of them. */
  #inForce: Pick<FragmentHead, 'tracks' | 'tags'> | undefined;
  readonly #slab = new PcmSlab();
  #current: FragmentWriter | undefined;
  #lastClusterMs = Number.NEGATIVE_INFINITY;
  /** Set by an error: the producer is not listened to any more. */
  isRefused = false;

  constructor(stream: VideoStream, options: IntakeOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  *write(chunk: Uint8Array): Generator<Acknowledgement, void, undefined> {
    yield* this.#takeAll(this.#demuxer.write(chunk));
  }

  *finish(): Generator<Acknowledgement, void, undefined> {
    if (!this.isRefused) yield* this.#takeAll(this.#demuxer.finish());
  }

  /** The producer is gone: what came of the open fragment is kept. */
  abandon(): void {
    this.#current?.end();
    this.#current = undefined;
  }

  *#takeAll(events: Iterable<MatroskaEvent>): Generator<Acknowledgement, void, undefined> {
    for (const event of events) {
      yield* this.#take(event);
      if (this.isRefused) return;
    }
  }

  *#take(event: MatroskaEvent): Generator<Acknowledgement, void, undefined> {
    switch (event.type) {
      case 'documentStart':
        this.#inForce = undefined;
        this.#tracks = [];
        this.#tags.clear();
        break;
      case 'track':
        this.#inForce = undefined;
        this.#tracks.push(event.track);
        if (this.#tracks.length > TRACKS_MAX) yield this.#refuse(4012);
        break;
      case 'tag':
        if (this.#tags.get(event.name) !== event.value) this.#inForce = undefined;
        this.#tags.set(event.name, event.value);
        if (this.#tags.size > TAGS_MAX) yield this.#refuse(4009);
        break;
      case 'clusterStart':
        yield this.#begin(event.timestampMs);
        break;
      case 'block': {
        const refusal = this.#add(event.trackNumber, event.timestampMs, event.frames);
        if (refusal !== undefined) yield refusal;
        break;
      }
      case 'clusterEnd':
        yield* this.#end();
        break;
      case 'problem':
        yield this.#refuse(4006);
        break;
      case 'info':
      case 'documentEnd':
        break;
    }
  }

  #begin(clusterMs: number): Acknowledgement {
    if (clusterMs <= this.#lastClusterMs) return this.#refuse(4004);
    this.#lastClusterMs = clusterMs;
    const { timecodeType, producerStartMs } = this.#options;
    this.#inForce ??= {
      tracks: [...this.#tracks],
      tags: [...this.#tags].map(([name, value]): FragmentTag => ({ name, value })),
    };
    this.#current = this.#stream.begin({
      clusterMs,
      producerTimestampMs: timecodeType === 'RELATIVE' ? producerStartMs + clusterMs : clusterMs,
      ...this.#inForce,
    });
    return acknowledge('BUFFERING', this.#current.fragment);
  }

  #add(trackNumber: number, timestampMs: number, frames: readonly Uint8Array[]): Acknowledgement | undefined {
    if (this.#current === undefined) return undefined;
    const { fragment, add } = this.#current;
    for (const frame of frames) {
      add({ trackNumber, relativeMs: timestampMs - fragment.clusterMs, payload: this.#slab.copy(frame) });
    }
    if (fragment.bytes > FRAGMENT_BYTES_MAX) return this.#refuse(4001);
    if (fragment.durationMs > FRAGMENT_MS_MAX) return this.#refuse(4002);
    return undefined;
  }

  *#end(): Generator<Acknowledgement, void, undefined> {
    if (this.#current === undefined) return;
    const { fragment, end } = this.#current;
    if (this.#options.requireAllTracks && !hasEveryTrack(fragment)) {
      yield this.#refuse(4011);
      return;
    }
    this.#current = undefined;
    end();
    yield acknowledge('RECEIVED', fragment);
    yield acknowledge('PERSISTED', fragment);
  }

  #refuse(errorId: keyof typeof ERRORS): Acknowledgement {
    this.isRefused = true;
    const { fragment } = this.#current ?? {};
    this.abandon();
    const about =
      fragment === undefined ? {} : { FragmentTimecode: fragment.clusterMs, FragmentNumber: fragment.number };
    return { EventType: 'ERROR', ...about, ErrorId: errorId, ErrorCode: ERRORS[errorId] };
  }
}

function hasEveryTrack({ tracks, blocks }: Fragment): boolean {
  return tracks.every((track) => blocks.some(({ trackNumber }) => trackNumber === track.number));
}

function acknowledge(type: 'BUFFERING' | 'RECEIVED' | 'PERSISTED', fragment: Fragment): Acknowledgement {
  return { EventType: type, FragmentTimecode: fragment.clusterMs, FragmentNumber: fragment.number };
}
