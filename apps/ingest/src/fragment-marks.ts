import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { TimelineSnapshot } from './timeline.ts';

/** Where every track stood when a fragment began. */
export interface FragmentMark {
  readonly fragmentNumber: string;
  readonly producerTimestampMs: number;
  /** Counted before it. */
  readonly fragmentCount: number;
  readonly damageCount: number;
  readonly tracks: Readonly<Record<ParticipantRole, TimelineSnapshot>>;
}

/** Fragments last at most 10 s and speech is cut after 15 s at most; far more marks than that may be needed never. */
const MARKS_MAX = 512;

/** Remembers where recent fragments began, to say from which of them a take-over has to read. */
export class FragmentMarks {
  readonly #marks: FragmentMark[];

  constructor(resumedFrom?: FragmentMark) {
    this.#marks = resumedFrom === undefined ? [] : [resumedFrom];
  }

  add(mark: FragmentMark): void {
    // A fragment that is read again after a reconnect keeps its first mark: that is where its samples began.
    if (this.#marks.some((known) => known.fragmentNumber === mark.fragmentNumber)) return;
    this.#marks.push(mark);
    // The first one is where a take-over would begin: while a side stays away, all later ones lie behind its anchor.
    if (this.#marks.length > MARKS_MAX) this.#marks.splice(1, 1);
  }

  /**
   * Audio was lost directly before a block. Where that block is the first of its side in the latest fragment, who
   * begins to read there would not meet what told of the loss, so the mark tells it.
   *
   * @param atSample where the side stood before the block
   */
  noteLoss(role: ParticipantRole, atSample: number): void {
    const mark = this.#marks.at(-1);
    if (mark === undefined || mark.tracks[role].samples !== atSample) return;
    const track = { ...mark.tracks[role], isLossNext: true };
    this.#marks[this.#marks.length - 1] = { ...mark, tracks: { ...mark.tracks, [role]: track } };
  }

  /** The latest fragment that begins at or before every anchor; forgets the ones before it. */
  resumeAt(anchorSamples: Readonly<Record<ParticipantRole, number>>): FragmentMark | undefined {
    const index = this.#marks.findLastIndex((mark) =>
      PARTICIPANT_ROLES.every((role) => mark.tracks[role].samples <= anchorSamples[role]),
    );
    if (index > 0) this.#marks.splice(0, index);
    return this.#marks[0];
  }
}
