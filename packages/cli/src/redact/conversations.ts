import type { ParticipantRole } from '@earshot/domain';
import {
  createRedactor,
  type RedactionPolicy,
  type RedactionResult,
  type RedactionState,
} from '@earshot/redaction';

/** A text file has no clock: turns are taken to follow one another at the pace of a call. */
const TURN_MS = 3000;
const CONVERSATIONS_MAX = 10_000;

export interface Conversations {
  /** The next turn of a conversation, masked. */
  redact(conversation: string, turn: { role: ParticipantRole; text: string }): RedactionResult;
}

interface Remembered {
  readonly state: RedactionState;
  readonly turnCount: number;
}

/**
 * Redacts turns of conversations that may be interleaved. Of the `conversationsMax` (10 000) last heard the state is
 * kept, about 4 KB each at most; one that goes on after that begins anew.
 */
export function createConversations(
  policy: RedactionPolicy,
  { conversationsMax = CONVERSATIONS_MAX }: { readonly conversationsMax?: number } = {},
): Conversations {
  const redactor = createRedactor(policy);
  const remembered = new Map<string, Remembered>();
  return {
    redact(conversation, turn) {
      const { state, turnCount } = remembered.get(conversation) ?? {
        state: redactor.initialState(),
        turnCount: 0,
      };
      const result = redactor.redact({ ...turn, atMs: turnCount * TURN_MS }, state);
      // A map gives its keys in the order of their setting, so the first is the one heard longest ago.
      remembered.delete(conversation);
      remembered.set(conversation, { state: result.state, turnCount: turnCount + 1 });
      const oldest = remembered.size > conversationsMax ? remembered.keys().next() : undefined;
      if (oldest?.done === false) remembered.delete(oldest.value);
      return result;
    },
  };
}
