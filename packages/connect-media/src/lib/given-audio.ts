import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { CallMediaEvent } from './call-media.ts';

type AudioEvent = Extract<CallMediaEvent, { type: 'audio' }>;

/** A block and where it stands among the bytes of its side in its fragment. */
export interface PlacedBlock {
  readonly audio: AudioEvent;
  readonly fromByte: number;
  /** Part of its fragment could not be read before it came. */
  readonly isAfterDamage: boolean;
}

const PCM_BYTES_PER_MS = 16;

/**
 * Counts the bytes of each side in one fragment, so that a fragment read again after a lost connection goes on at the
 * byte where it broke off. Times would not do: blocks may share one.
 */
export class GivenAudio {
  #fragment: bigint | undefined;
  #givenBytes = noBytes();
  #readBytes = noBytes();
  #isLossBefore = new Set<ParticipantRole>();
  /** As it was when the fragment began. */
  #wasLossBefore: ReadonlySet<ParticipantRole> = new Set();

  /** Reading of a fragment begins, for the first time or once more. */
  begin(fragment: bigint): void {
    this.#readBytes = noBytes();
    this.#wasLossBefore = new Set(this.#isLossBefore);
    if (this.#fragment === fragment) return;
    this.#fragment = fragment;
    this.#givenBytes = noBytes();
  }

  /** The fragment begun last breaks off and will be read once more, with the losses in it. */
  breakOff(): void {
    this.#isLossBefore = new Set(this.#wasLossBefore);
  }

  /** A block that is not given: what was lost before it is not lost before the next one. */
  passOver(role: ParticipantRole): void {
    if (this.#isLossBefore.size > 0) this.#isLossBefore.delete(role);
  }

  /** Media was lost here: the next block of each side says so. */
  noteLoss(): void {
    for (const role of PARTICIPANT_ROLES) this.#isLossBefore.add(role);
  }

  place(role: ParticipantRole, pcm: Uint8Array, mediaMs: number, isAfterDamage: boolean): PlacedBlock {
    const fromByte = this.#readBytes[role];
    this.#readBytes[role] += pcm.length;
    const isAfterLoss = this.#isLossBefore.size > 0 && this.#isLossBefore.delete(role);
    const audio: AudioEvent = isAfterLoss
      ? { type: 'audio', role, pcm, mediaMs, afterLoss: true }
      : { type: 'audio', role, pcm, mediaMs };
    return { audio, fromByte, isAfterDamage };
  }

  /** What of a block was not given before; counts it as given. */
  rest({ audio, fromByte }: PlacedBlock): AudioEvent | undefined {
    const { role, pcm, mediaMs } = audio;
    const knownBytes = Math.max(0, this.#givenBytes[role] - fromByte);
    if (knownBytes >= pcm.length) return undefined;
    this.#givenBytes[role] = fromByte + pcm.length;
    if (knownBytes === 0) return audio;
    const rest = pcm.subarray(knownBytes);
    return { type: 'audio', role, pcm: rest, mediaMs: mediaMs + knownBytes / PCM_BYTES_PER_MS };
  }
}

function noBytes(): Record<ParticipantRole, number> {
  return { customer: 0, agent: 0 };
}
