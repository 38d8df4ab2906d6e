import type { Utterance } from '@earshot/domain';
import {
  parseState,
  serializeState,
  type RedactionResult,
  type RedactionState,
  type Redactor,
} from '@earshot/redaction';
import type { Vault } from '@earshot/vault';

/** Speech this long ago no longer explains what is said now, and raw digits are not kept for longer. */
const STATE_LIFETIME_MS = 60_000;

export interface ConversationRedactorDeps {
  readonly redactor: Redactor;
  readonly vault: Pick<Vault, 'seal' | 'open'>;
}

/** Redacts the turns of one conversation in order; its state outlives the worker only sealed. */
export interface ConversationRedactor {
  /** @param atMs wall-clock start of the utterance by the producer's clock */
  redact(
    utterance: Utterance,
    atMs: number,
  ): Promise<Pick<RedactionResult, 'text' | 'findings'> & { sealedState: Uint8Array }>;
}

export async function openConversationRedactor(
  deps: ConversationRedactorDeps,
  conversation: { tenantId: string; conversationId: string; sealedState: Uint8Array | undefined },
): Promise<ConversationRedactor> {
  const { tenantId, sealedState } = conversation;
  const recordId = `redaction:${conversation.conversationId}`;
  let state: RedactionState = deps.redactor.initialState();
  let lastAtMs: number | undefined;
  if (sealedState !== undefined) {
    state = parseState(new TextDecoder().decode(await deps.vault.open(tenantId, recordId, sealedState)));
  }

  return {
    async redact(utterance, atMs) {
      if (lastAtMs !== undefined && atMs - lastAtMs > STATE_LIFETIME_MS) state = deps.redactor.initialState();
      lastAtMs = atMs;
      const result = deps.redactor.redact({ role: utterance.role, text: utterance.text, atMs }, state);
      state = result.state;
      return {
        text: result.text,
        findings: result.findings,
        sealedState: await deps.vault.seal(tenantId, recordId, serializeState(state)),
      };
    },
  };
}
