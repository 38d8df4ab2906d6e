import type { ParticipantRole } from '@earshot/domain';
import {
  pcmFromBytes,
  type EchoGuard,
  type Endpointer,
  type EndpointerSnapshot,
  type SpeechSegment,
} from '@earshot/speech';
import type { MediaBlock, Timeline } from './timeline.ts';

/** What cuts one side's audio into speech; everything that reaches a recogniser passes through its `push`. */
export type CallEndpointer = Pick<Endpointer, 'receivedSamples' | 'push' | 'flush' | 'snapshot'> &
  // One that does not know its next cut before it makes it has its texts later, and no words of open speech.
  Partial<Pick<Endpointer, 'likely' | 'openSample' | 'openSegment'>>;

/** Makes the endpointer of one side, or restores it from a checkpoint. */
export type CreateEndpointer = (
  role: ParticipantRole,
  restored: EndpointerSnapshot | undefined,
) => CallEndpointer;

/** A cut of speech on the media clock. */
export interface HeardSpeech {
  readonly role: ParticipantRole;
  readonly segment: SpeechSegment;
  /** Media time of the first and one past the last sample of the speech, ms since the epoch. */
  readonly startMediaMs: number;
  readonly endMediaMs: number;
  /** Media time up to which audio had been heard when the cut was made: orders utterances within a call. */
  readonly cutMediaMs: number;
}

/** Told of each block where it was placed; the bytes are only lent. */
export type OnPlaced = (role: ParticipantRole, sample: number, mediaMs: number, pcm: Uint8Array) => void;

const NOTHING: readonly HeardSpeech[] = [];
const NO_SEGMENTS: readonly SpeechSegment[] = [];

/** One participant's audio: contiguous PCM by the media clock, cut into speech. */
export class CallTrack {
  readonly role: ParticipantRole;
  readonly timeline: Timeline;
  readonly endpointer: CallEndpointer;
  readonly #echo: Pick<EchoGuard, 'hear'>;
  readonly #onPlaced: OnPlaced | undefined;

  constructor(
    role: ParticipantRole,
    timeline: Timeline,
    endpointer: CallEndpointer,
    echo: Pick<EchoGuard, 'hear'>,
    onPlaced?: OnPlaced,
  ) {
    this.role = role;
    this.timeline = timeline;
    this.endpointer = endpointer;
    this.#echo = echo;
    this.#onPlaced = onPlaced;
  }

  /** Takes one block and answers the speech that ended with it. */
  async hear(block: MediaBlock): Promise<readonly HeardSpeech[]> {
    const before = this.timeline.samples;
    const { silenceSamples, jumped, pcm: bytes } = this.timeline.place(block);
    const pcm = pcmFromBytes(bytes);
    const mediaMs = this.timeline.mediaMsAt(before + silenceSamples);
    this.#onPlaced?.(this.role, before + silenceSamples, mediaMs, bytes);
    this.#echo.hear(this.role, mediaMs, pcm);
    if (silenceSamples === 0 && !jumped) {
      const segments = await this.#push(before, pcm);
      return segments.length === 0 ? NOTHING : segments.map((segment) => this.#onMediaClock(segment));
    }
    // Below the anchor of a restored endpointer everything was cut before, the flush of a jump included.
    const ended = jumped && before >= this.endpointer.receivedSamples ? await this.endpointer.flush() : [];
    const inSilence = await this.#push(before, new Int16Array(silenceSamples));
    const inBlock = await this.#push(before + silenceSamples, pcm);
    return [...ended, ...inSilence, ...inBlock].map((segment) => this.#onMediaClock(segment));
  }

  /** Media time of the first sample of speech that is not cut yet, ms since the epoch. */
  get openSinceMs(): number | undefined {
    const sample = this.endpointer.openSample ?? null;
    return sample === null ? undefined : this.timeline.mediaMsAt(sample);
  }

  /** Speech that is not cut yet; copies its samples. */
  openSpeech(): HeardSpeech | undefined {
    const segment = this.endpointer.openSegment?.();
    return segment === undefined ? undefined : this.#onMediaClock(segment);
  }

  /** The audio is over: open speech ends here. */
  async flush(): Promise<readonly HeardSpeech[]> {
    return (await this.endpointer.flush()).map((segment) => this.#onMediaClock(segment));
  }

  /** After a restore the samples before the endpointer's anchor come once more and are dropped. */
  #push(atSample: number, pcm: Int16Array): Promise<readonly SpeechSegment[]> | readonly SpeechSegment[] {
    const known = Math.max(0, this.endpointer.receivedSamples - atSample);
    if (known >= pcm.length) return NO_SEGMENTS;
    return this.endpointer.push(known === 0 ? pcm : pcm.subarray(known));
  }

  #onMediaClock(segment: SpeechSegment): HeardSpeech {
    return {
      role: this.role,
      segment,
      startMediaMs: this.timeline.mediaMsAt(segment.startSample),
      endMediaMs: this.timeline.mediaMsAt(segment.endSample),
      cutMediaMs: this.timeline.mediaMsAt(this.timeline.samples),
    };
  }
}
