import type { CreateEndpointer } from '@earshot/ingest/testing';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { AudioBuffer } from './audio-buffer.ts';

/**
 * Stands before the endpointers of all workers of one call and keeps what reaches them, by position. What a worker
 * hears again after a take-over has to be what was heard there before.
 */
export class HeardAudio {
  readonly #sides: Readonly<Record<ParticipantRole, AudioBuffer>> = {
    customer: new AudioBuffer(),
    agent: new AudioBuffer(),
  };
  /** Audio heard once more after a take-over that differs from what was heard first, or leaves a hole. */
  readonly faults: string[] = [];

  pcm(role: ParticipantRole): Int16Array {
    return this.#sides[role].view();
  }

  get samples(): number {
    return PARTICIPANT_ROLES.reduce((sum, role) => sum + this.#sides[role].length, 0);
  }

  listen(create: CreateEndpointer): CreateEndpointer {
    return (role, restored) => {
      const inner = create(role, restored);
      const note = (pcm: Int16Array): void => this.#note(role, inner.receivedSamples, pcm);
      return {
        get receivedSamples() {
          return inner.receivedSamples;
        },
        get likely() {
          return inner.likely;
        },
        push: (pcm) => {
          note(pcm);
          return inner.push(pcm);
        },
        flush: () => inner.flush(),
        snapshot: () => inner.snapshot(),
      };
    };
  }

  #note(role: ParticipantRole, position: number, pcm: Int16Array): void {
    const side = this.#sides[role];
    if (position > side.length) {
      this.faults.push(`${role}: audio at sample ${position} after only ${side.length}`);
      return;
    }
    const known = side.view().subarray(position, position + pcm.length);
    const differs = known.findIndex((sample, index) => sample !== pcm[index]);
    if (differs >= 0) this.faults.push(`${role}: sample ${position + differs} changed when heard again`);
    side.append(pcm.subarray(known.length));
  }
}
