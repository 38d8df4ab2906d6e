import type { ParticipantRole, TranscriptMessage } from '@earshot/domain';
import type { CallStore, LeasedSession, SaveProgressInput } from '@earshot/storage';

/** One session in memory under the same rules as the store: every write is fenced by the epoch of its lease. */
export class MemorySession {
  readonly messages: TranscriptMessage[] = [];
  readonly #template: LeasedSession['session'];
  readonly #committed: Record<ParticipantRole, number> = { customer: 0, agent: 0 };
  #epoch = 0;
  #checkpoint: string | undefined;
  #redactionState: Uint8Array | undefined;
  savedCount = 0;

  constructor(session: LeasedSession['session']) {
    this.#template = session;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get checkpoint(): unknown {
    return this.#checkpoint === undefined ? undefined : JSON.parse(this.#checkpoint);
  }

  /** From now on no write of an earlier lease counts: what `kill -9` means to the store. */
  lease(): LeasedSession {
    this.#epoch += 1;
    const [customer, agent] = this.#template.streams;
    return {
      session: {
        ...this.#template,
        streams: [
          { ...customer, committedThroughSample: this.#committed.customer },
          { ...agent, committedThroughSample: this.#committed.agent },
        ],
      },
      leaseEpoch: this.#epoch,
      checkpoint: this.checkpoint,
      redactionState: this.#redactionState,
    };
  }

  /** The part of the store that a lease writes to. */
  readonly calls: Pick<CallStore, 'commitUtterance' | 'saveMediaReport' | 'saveProgress'> = {
    commitUtterance: async (input) => {
      if (input.leaseEpoch !== this.#epoch) return { type: 'fenced' };
      const { role } = input.message;
      if (this.#committed[role] !== input.fromSample) return { type: 'already-done' };
      this.#committed[role] = input.throughSample;
      this.messages.push(input.message);
      this.#redactionState = input.redactionState;
      return { type: 'committed', lanesToWake: [] };
    },
    saveProgress: async (input) => this.#saveProgress(input),
    saveMediaReport: async (input) => (input.leaseEpoch === this.#epoch ? 'saved' : 'fenced'),
  };

  #saveProgress(input: SaveProgressInput): 'saved' | 'fenced' {
    if (input.leaseEpoch !== this.#epoch) return 'fenced';
    for (const { role, fromSample, throughSample } of input.advance) {
      if (this.#committed[role] === fromSample) this.#committed[role] = throughSample;
    }
    this.#save(input.checkpoint);
    this.savedCount += 1;
    return 'saved';
  }

  #save(checkpoint: unknown): void {
    if (checkpoint !== undefined && checkpoint !== null) this.#checkpoint = JSON.stringify(checkpoint);
  }
}
