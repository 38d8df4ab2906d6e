import type { ParticipantRole } from '@earshot/domain';
import type { CallEvents } from './call-events.ts';
import { GivenAudio, type PlacedBlock } from './given-audio.ts';
import { HeldBlocks } from './held-blocks.ts';

/** The blocks of one fragment after another: given, or held until somebody knows whose they are. */
export class FragmentAudio {
  readonly #events: CallEvents;
  readonly #given = new GivenAudio();
  readonly #held = new HeldBlocks();

  /** Blocks given. */
  givenCount = 0;

  constructor(events: CallEvents) {
    this.#events = events;
  }

  begin(fragment: bigint): void {
    this.#held.take();
    this.#given.begin(fragment);
  }

  breakOff(): void {
    this.#held.take();
    this.#given.breakOff();
  }

  passOver(role: ParticipantRole): void {
    this.#given.passOver(role);
  }

  noteLoss(): void {
    this.#given.noteLoss();
  }

  give(role: ParticipantRole, pcm: Uint8Array, mediaMs: number): void {
    this.#say(this.#given.place(role, pcm, mediaMs, false));
  }

  /** Why no more can wait, where that is so. */
  hold(role: ParticipantRole, pcm: Uint8Array, mediaMs: number, isAfterDamage: boolean): string | undefined {
    const excess = this.#held.add(this.#given.place(role, pcm, mediaMs, isAfterDamage));
    if (excess !== undefined) this.drop();
    return excess;
  }

  /** `isOwnTail`: also what came behind damage is the fragment's. */
  giveHeld(isOwnTail: boolean): void {
    for (const placed of this.#held.take()) {
      if (placed.isAfterDamage && !isOwnTail) this.#given.noteLoss();
      else this.#say(placed);
    }
  }

  drop(): void {
    this.#held.take();
  }

  #say(placed: PlacedBlock): void {
    const audio = this.#given.rest(placed);
    if (audio === undefined) return;
    this.givenCount += 1;
    this.#events.audio(audio);
  }
}
