import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { StreamProgress } from '@earshot/storage';
import type { Checkpoint } from './checkpoint.ts';
import { CallTrack, type CreateEndpointer, type HeardSpeech } from './call-track.ts';
import { FragmentMarks } from './fragment-marks.ts';
import type { ProgressPoint } from './stages/commit.ts';
import { Timeline } from './timeline.ts';

/** Both sides of one session on one media clock; what a checkpoint saves and restores. */
export class CallAudio {
  readonly #tracks: Readonly<Record<ParticipantRole, CallTrack>>;
  readonly #marks: FragmentMarks;
  #contactId: string | undefined;
  #zeroMediaMs: number | undefined;

  constructor(createEndpointer: CreateEndpointer, from: Checkpoint | undefined) {
    const track = (role: ParticipantRole): CallTrack =>
      new CallTrack(
        role,
        new Timeline(from?.mark.tracks[role]),
        createEndpointer(role, from?.endpointers[role]),
      );
    this.#tracks = { customer: track('customer'), agent: track('agent') };
    this.#marks = new FragmentMarks(from?.mark);
    this.#contactId = from?.contactId ?? undefined;
    this.#zeroMediaMs = from?.zeroMediaMs;
  }

  get contactId(): string | undefined {
    return this.#contactId;
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
      tracks: { customer: customer.timeline.snapshot(), agent: agent.timeline.snapshot() },
    });
  }

  hear(role: ParticipantRole, mediaMs: number, pcm: Uint8Array): Promise<readonly HeardSpeech[]> {
    this.#zeroMediaMs ??= mediaMs;
    return this.#tracks[role].hear(mediaMs, pcm);
  }

  /** The audio is over: speech still open on either side, in the order of its cuts. */
  async flush(): Promise<readonly HeardSpeech[]> {
    return [...(await this.#tracks.customer.flush()), ...(await this.#tracks.agent.flush())];
  }

  /** PCM bytes received per participant. */
  progress(): readonly StreamProgress[] {
    return PARTICIPANT_ROLES.map((role) => ({ role, audioBytes: this.#tracks[role].timeline.audioBytes }));
  }

  /** A point to resume from, with all speech cut so far before it; `undefined` before the first fragment. */
  progressPoint(): ProgressPoint | undefined {
    const customer = this.#tracks.customer.endpointer.snapshot();
    const agent = this.#tracks.agent.endpointer.snapshot();
    const settledSamples = { customer: customer.anchorSample, agent: agent.anchorSample };
    const mark = this.#marks.resumeAt(settledSamples);
    if (mark === undefined) return undefined;
    const checkpoint: Checkpoint = {
      version: 1,
      contactId: this.#contactId ?? null,
      zeroMediaMs: this.zeroMediaMs,
      mark,
      endpointers: { customer, agent },
    };
    return { type: 'progress', checkpoint, progress: this.progress(), settledSamples };
  }
}
