import { PARTICIPANT_ROLES, roleOrder, type ParticipantRole } from '@earshot/domain';
import { FRAME_BYTES, SAMPLE_RATE_HZ } from './wav-header.ts';

/** How far one side may be ahead of the other before what the other left out is silence. */
const WINDOW_SAMPLES = 10 * SAMPLE_RATE_HZ;
const SAMPLE_BYTES = FRAME_BYTES / 2;

/** Two sides laid beside each other by their times, given off when both have come as far. Holds 10 s. */
export class StereoWindow {
  readonly #window = Buffer.alloc(WINDOW_SAMPLES * FRAME_BYTES);
  readonly #reached: Record<ParticipantRole, number> = { customer: 0, agent: 0 };
  readonly #totalSamples: number;
  /** The sample that the window begins with. */
  #fromSample = 0;

  constructor(totalSamples: number) {
    this.#totalSamples = totalSamples;
  }

  /** Samples before what was given off, and behind the end, are left out. Gives off what no longer fits. */
  *place(role: ParticipantRole, atSample: number, pcm: Uint8Array): Generator<Uint8Array, void, undefined> {
    const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    const endSample = Math.min(atSample + Math.floor(pcm.length / SAMPLE_BYTES), this.#totalSamples);
    const channelAt = roleOrder(role) * SAMPLE_BYTES;
    for (let sample = Math.max(atSample, this.#fromSample); sample < endSample; sample++) {
      if (sample - this.#fromSample >= WINDOW_SAMPLES) yield* this.#give(sample - WINDOW_SAMPLES / 2);
      const value = view.getInt16((sample - atSample) * SAMPLE_BYTES, true);
      this.#window.writeInt16LE(value, (sample - this.#fromSample) * FRAME_BYTES + channelAt);
    }
    this.#reached[role] = Math.max(this.#reached[role], endSample);
  }

  /** What both sides have reached. */
  settled(): Generator<Uint8Array, void, undefined> {
    return this.#give(Math.min(...PARTICIPANT_ROLES.map((role) => this.#reached[role])));
  }

  /** Everything up to the end, silent where nothing came. */
  finish(): Generator<Uint8Array, void, undefined> {
    return this.#give(this.#totalSamples);
  }

  *#give(toSample: number): Generator<Uint8Array, void, undefined> {
    while (this.#fromSample < toSample) {
      const bytes = Math.min(toSample - this.#fromSample, WINDOW_SAMPLES) * FRAME_BYTES;
      yield new Uint8Array(this.#window.subarray(0, bytes));
      this.#window.copyWithin(0, bytes);
      this.#window.fill(0, this.#window.length - bytes);
      this.#fromSample += bytes / FRAME_BYTES;
    }
  }
}
