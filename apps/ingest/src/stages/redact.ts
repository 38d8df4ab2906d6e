import type { Utterance } from '@earshot/domain';
import {
  WrittenConversation,
  parseState,
  serializeState,
  type RedactionState,
  type Redactor,
  type WrittenTurn,
} from '@earshot/redaction';
import type { Vault } from '@earshot/vault';
import { writerOf } from './writing.ts';

export interface ConversationRedactorDeps {
  readonly redactor: Redactor;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
}

export interface RedactedConversation {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly sealedState: Uint8Array | undefined;
  /** BCP 47 tag. */
  readonly language: string;
}

/** Redacts the turns of one conversation in order and writes them as people write; its state outlives the worker only sealed. */
export interface ConversationRedactor {
  /** After the last turn; holds raw digits. */
  readonly state: RedactionState;
  /** @param atMs wall-clock start of the utterance by the producer's clock */
  redact(utterance: Utterance, atMs: number): Promise<WrittenTurn & { sealedState: Uint8Array }>;
}

export async function openConversationRedactor(
  deps: ConversationRedactorDeps,
  conversation: RedactedConversation,
): Promise<ConversationRedactor> {
  const { tenantId, sealedState } = conversation;
  const write = writerOf(conversation.language);
  const recordId = `redaction:${conversation.conversationId}`;
  const state =
    sealedState === undefined
      ? undefined
      : parseState(new TextDecoder().decode(await deps.vault.open(tenantId, recordId, sealedState)));
  const turns = new WrittenConversation(deps.redactor, {
    write: (text) => write(text).text,
    ...(state === undefined ? {} : { state }),
  });

  return {
    get state() {
      return turns.state;
    },
    async redact({ role, text }, atMs) {
      return {
        ...turns.redact({ role, text, atMs }),
        sealedState: await deps.vault.seal(tenantId, recordId, serializeState(turns.state)),
      };
    },
  };
}
