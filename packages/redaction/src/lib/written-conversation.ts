import type { Finding } from './finding.ts';
import type { ConversationTurn, Redactor } from './redactor.ts';
import { followMasks, placesAfter } from './mask-places.ts';
import type { RedactionState } from './state.ts';

/** Speech this long ago no longer explains what is said now, and raw digits are not kept for longer. */
const MEMORY_MS = 60_000;

/** How a conversation is written, and where it goes on from. */
export interface WrittenConversationOptions {
  /** Writes a masked turn as people write; masks have to stay as they are. Default: as spoken. */
  readonly write?: (text: string) => string;
  /** Of a conversation that goes on elsewhere. */
  readonly state?: RedactionState;
}

/** A turn as it may be stored and shown. */
export interface WrittenTurn {
  readonly text: string;
  /** What was masked, with its places in this `text`, in order. */
  readonly findings: readonly Finding[];
}

/**
 * Redacts the turns of one conversation in order, and writes them: first as spoken, then the written form again from
 * the same state, since figures show what words did not. The state of the spoken form is carried on.
 */
export class WrittenConversation {
  readonly #redactor: Redactor;
  readonly #write: (text: string) => string;
  #state: RedactionState;
  #lastAtMs: number | undefined;

  constructor(redactor: Redactor, { write = (text) => text, state }: WrittenConversationOptions = {}) {
    this.#redactor = redactor;
    this.#write = write;
    this.#state = state ?? redactor.initialState();
  }

  /** Holds raw digits: to be stored sealed only. */
  get state(): RedactionState {
    return this.#state;
  }

  redact(turn: ConversationTurn): WrittenTurn {
    const { atMs } = turn;
    if (this.#lastAtMs !== undefined && atMs - this.#lastAtMs > MEMORY_MS) {
      this.#state = this.#redactor.initialState();
    }
    this.#lastAtMs = atMs;
    const spoken = this.#redactor.redact(turn, this.#state);
    const text = this.#write(spoken.text);
    const written = this.#redactor.redact({ ...turn, text }, this.#state);
    this.#state = spoken.state;
    const kept = placesAfter(followMasks(spoken.text, spoken.masks, text), written.replacements);
    return { text: written.text, findings: joinFindings(kept, written.masks) };
  }
}

/** In order, without overlap: what the second pass found inside a value known already is no other value. */
function joinFindings(first: readonly Finding[], second: readonly Finding[]): Finding[] {
  const apart = second.filter(({ start, end }) =>
    first.every((known) => known.end <= start || known.start >= end),
  );
  return [...first, ...apart].toSorted((a, b) => a.start - b.start);
}
