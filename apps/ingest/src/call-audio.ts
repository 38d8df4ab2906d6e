import { PARTICIPANT_ROLES, type MediaHoles, type ParticipantRole } from '@earshot/domain';
import { EchoGuard, type SpeechSegment } from '@earshot/speech';
import type { StreamProgress } from '@earshot/storage';
import type { Checkpoint } from './checkpoint.ts';
import { CallTrack, type CreateEndpointer, type HeardSpeech, type OnPlaced } from './call-track.ts';
import { FragmentMarks, type FragmentMark } from './fragment-marks.ts';
import type { CallReach, SideReach } from './recording/horizon.ts';
import { Timeline, type MediaBlock } from './timeline.ts';

/** What is counted by position in the media: media that is read again after a take-over is counted once. */
export interface MediaCounts {
  readonly fragmentCount: number;
  readonly damageCount: number;
  readonly filled: Readonly<Record<ParticipantRole, MediaHoles>>;
  readonly gaps: Readonly<Record<ParticipantRole, MediaHoles>>;
}

/** A point to go on from, taken when all speech before it had been cut. */
export interface ResumePoint {
  readonly checkpoint: Checkpoint;
  readonly progress: readonly StreamProgress[];
  /** Everything before these samples is cut or silent. */
  readonly settledSamples: SamplesBySide;
  /** The same by the clock of the session, and how far each side has been heard. */
  readonly reach: CallReach;
}

export type SamplesBySide = Readonly<Record<ParticipantRole, number>>;

/** Both sides of one session on one media clock; what a checkpoint saves and restores. */
export class CallAudio {
  readonly #tracks: Readonly<Record<ParticipantRole, CallTrack>>;
  readonly #echo = new EchoGuard();
  readonly #marks: FragmentMarks;
  #contactId: string | undefined;
  #zeroMediaMs: number | undefined;
  #fragmentCount: number;
  #damageCount: number;

  constructor(createEndpointer: CreateEndpointer, from: Checkpoint | undefined, onPlaced?: OnPlaced) {
    const track = (role: ParticipantRole): CallTrack =>
      new CallTrack(
        role,
        new Timeline(from?.mark.tracks[role]),
        createEndpointer(role, from?.endpointers[role]),
        this.#echo,
        onPlaced,
      );
    this.#tracks = { customer: track('customer'), agent: track('agent') };
    this.#marks = new FragmentMarks(from?.mark);
    this.#contactId = from?.contactId ?? undefined;
    this.#zeroMediaMs = from?.zeroMediaMs;
    this.#fragmentCount = from?.mark.fragmentCount ?? 0;
    this.#damageCount = from?.mark.damageCount ?? 0;
  }

  /** Media time of the first accepted block, ms since the epoch; 0 before there was one. */
  get zeroMediaMs(): number {
    return this.#zeroMediaMs ?? 0;
  }

  latchContact(contactId: string): void {
    this.#contactId = contactId;
  }

  beginFragment(fragmentNumber: string, producerTimestampMs: number): void {
    const { customer, agent } = this.#tracks;
    this.#marks.add({
      fragmentNumber,
      producerTimestampMs,
      fragmentCount: this.#fragmentCount,
      damageCount: this.#damageCount,
      tracks: { customer: customer.timeline.snapshot(), agent: agent.timeline.snapshot() },
    });
  }

  endFragment(): void {
    this.#fragmentCount += 1;
  }

  countDamage(): void {
    this.#damageCount += 1;
  }

  hear(role: ParticipantRole, block: MediaBlock): Promise<readonly HeardSpeech[]> {
    this.#zeroMediaMs ??= block.mediaMs;
    const track = this.#tracks[role];
    if (block.afterLoss === true) this.#marks.noteLoss(role, track.timeline.samples);
    return track.hear(block);
  }

  /** What the next pause of this side would cut, as far as it can be told already. */
  likely(role: ParticipantRole): SpeechSegment | undefined {
    return this.#tracks[role].endpointer.likely;
  }

  /** Since when a side has been speaking, ms since the epoch by the media clock; `undefined` in silence. */
  openSinceMs(role: ParticipantRole): number | undefined {
    return this.#tracks[role].openSinceMs;
  }

  /** What a side has said since; copies the samples. */
  openSpeech(role: ParticipantRole): HeardSpeech | undefined {
    return this.#tracks[role].openSpeech();
  }

  /** Whether this is the other side's voice leaking in; to be asked when that side has been heard as far. */
  isEcho({ role, startMediaMs, endMediaMs }: HeardSpeech): boolean {
    return this.#echo.isEcho(role, startMediaMs, endMediaMs);
  }

  /** How far a side has been heard, ms since the epoch by the media clock. */
  heardToMs(role: ParticipantRole): number {
    const { timeline } = this.#tracks[role];
    return timeline.mediaMsAt(timeline.samples);
  }

  /** The audio is over: speech still open on either side, in the order of its cuts. */
  async flush(): Promise<readonly HeardSpeech[]> {
    return [...(await this.#tracks.customer.flush()), ...(await this.#tracks.agent.flush())];
  }

  /** PCM bytes received per participant. */
  progress(): readonly StreamProgress[] {
    return PARTICIPANT_ROLES.map((role) => ({ role, audioBytes: this.#tracks[role].timeline.audioBytes }));
  }

  counts(): MediaCounts {
    const { customer, agent } = this.#tracks;
    return {
      fragmentCount: this.#fragmentCount,
      damageCount: this.#damageCount,
      filled: { customer: customer.timeline.filled, agent: agent.timeline.filled },
      gaps: { customer: customer.timeline.gaps, agent: agent.timeline.gaps },
    };
  }

  /**
   * `undefined` before the first fragment.
   *
   * @param heldSamples from which on a take-over has to hear the audio in any case, though all before be settled
   */
  resumePoint(heldSamples?: SamplesBySide): ResumePoint | undefined {
    const customer = this.#tracks.customer.endpointer.snapshot();
    const agent = this.#tracks.agent.endpointer.snapshot();
    const settledSamples = { customer: customer.anchorSample, agent: agent.anchorSample };
    const mark = this.#markAt(settledSamples, heldSamples);
    if (mark === undefined) return undefined;
    const checkpoint: Checkpoint = {
      version: 1,
      contactId: this.#contactId ?? null,
      zeroMediaMs: this.zeroMediaMs,
      mark,
      endpointers: { customer, agent },
    };
    const reach = {
      customer: this.#reachOf('customer', settledSamples.customer),
      agent: this.#reachOf('agent', settledSamples.agent),
    };
    return { checkpoint, progress: this.progress(), settledSamples, reach };
  }

  /** The same point, read again from where `heldSamples` are by now. */
  moveUp(point: ResumePoint, heldSamples: SamplesBySide): ResumePoint {
    const mark = this.#markAt(point.settledSamples, heldSamples) ?? point.checkpoint.mark;
    return { ...point, checkpoint: { ...point.checkpoint, mark } };
  }

  #markAt(settled: SamplesBySide, held: SamplesBySide | undefined): FragmentMark | undefined {
    if (held === undefined) return this.#marks.resumeAt(settled);
    return this.#marks.resumeAt({
      customer: Math.min(settled.customer, held.customer),
      agent: Math.min(settled.agent, held.agent),
    });
  }

  #reachOf(role: ParticipantRole, settledSample: number): SideReach {
    const { timeline, endpointer } = this.#tracks[role];
    if (timeline.samples === 0) return { settledMs: -Infinity, heardMs: -Infinity, isSilent: true };
    const msAt = (sample: number): number => timeline.mediaMsAt(sample) - this.zeroMediaMs;
    return {
      // What the worker before had cut is settled, and here only as far as it has come again.
      settledMs: msAt(Math.min(settledSample, timeline.samples)),
      heardMs: msAt(timeline.samples),
      isSilent: endpointer.openSample === null,
    };
  }
}
