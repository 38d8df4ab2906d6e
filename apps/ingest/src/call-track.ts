import type { ParticipantRole } from '@earshot/domain';
import { pcmFromBytes, type Endpointer, type EndpointerSnapshot, type SpeechSegment } from '@earshot/speech';
import type { Timeline } from './timeline.ts';

/** What cuts one side's audio into speech; everything that reaches a recogniser passes through its `push`. */
export type CallEndpointer = Pick<Endpointer, 'receivedSamples' | 'push' | 'flush' | 'snapshot'>;

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

/** One participant's audio: contiguous PCM by the media clock, cut into speech. */
export class CallTrack {
  readonly role: ParticipantRole;
  readonly timeline: Timeline;
  readonly endpointer: CallEndpointer;

  constructor(role: ParticipantRole, timeline: Timeline, endpointer: CallEndpointer) {
    this.role = role;
    this.timeline = timeline;
    this.endpointer = endpointer;
  }

  /** Takes one block and answers the speech that ended with it. */
  async hear(mediaMs: number, pcm: Uint8Array): Promise<readonly HeardSpeech[]> {
    const before = this.timeline.samples;
    const { silenceSamples, jumped } = this.timeline.place(mediaMs, pcm.byteLength);
    // Below the anchor of a restored endpointer everything was cut before, the flush of a jump included.
    const ended = jumped && before >= this.endpointer.receivedSamples ? await this.endpointer.flush() : [];
    const inSilence = silenceSamples > 0 ? await this.#push(before, new Int16Array(silenceSamples)) : [];
    const inBlock = await this.#push(before + silenceSamples, pcmFromBytes(pcm));
    return [...ended, ...inSilence, ...inBlock].map((segment) => this.#onMediaClock(segment));
  }

  /** The audio is over: open speech ends here. */
  async flush(): Promise<readonly HeardSpeech[]> {
    return (await this.endpointer.flush()).map((segment) => this.#onMediaClock(segment));
  }

  /** After a restore the samples before the endpointer's anchor come once more and are dropped. */
  async #push(atSample: number, pcm: Int16Array): Promise<readonly SpeechSegment[]> {
    const known = Math.max(0, this.endpointer.receivedSamples - atSample);
    return known >= pcm.length ? [] : this.endpointer.push(pcm.subarray(known));
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
