import { createHash } from 'node:crypto';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { CreateEndpointer } from '@earshot/ingest/testing';
import { pcmAsBytes } from './call-pcm.ts';

/** What reaches the endpointers of all workers of one call, as one hash a side: for calls too long to be kept. */
export class HashedAudio {
  readonly #sides = {
    customer: { hash: createHash('sha256'), samples: 0 },
    agent: { hash: createHash('sha256'), samples: 0 },
  } satisfies Record<ParticipantRole, unknown>;
  readonly #onHeard: () => void;

  constructor(onHeard: () => void) {
    this.#onHeard = onHeard;
  }

  /** Samples that both sides have been heard to. */
  get samples(): number {
    return Math.min(...PARTICIPANT_ROLES.map((role) => this.#sides[role].samples));
  }

  digest(role: ParticipantRole): string {
    return this.#sides[role].hash.copy().digest('hex');
  }

  listen(create: CreateEndpointer): CreateEndpointer {
    return (role, restored) => {
      const inner = create(role, restored);
      const note = (position: number, pcm: Int16Array): void => this.#note(role, position, pcm);
      return {
        get receivedSamples() {
          return inner.receivedSamples;
        },
        get likely() {
          return inner.likely;
        },
        push: (pcm) => {
          note(inner.receivedSamples, pcm);
          return inner.push(pcm);
        },
        flush: () => inner.flush(),
        snapshot: () => inner.snapshot(),
      };
    };
  }

  #note(role: ParticipantRole, position: number, pcm: Int16Array): void {
    const side = this.#sides[role];
    if (position > side.samples)
      throw new Error(`Cannot hash ${role}: audio at ${position} after ${side.samples}`);
    const fresh = pcm.subarray(side.samples - position);
    side.hash.update(pcmAsBytes(fresh));
    side.samples += fresh.length;
    if (fresh.length > 0) this.#onHeard();
  }
}
