import type { Utterance } from '@earshot/domain';
import { formatTranscript, type FormatOptions } from '@earshot/formatting';
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

/** Other languages keep their numbers and capitals as heard. */
const LANGUAGE_OF_NUMBERS = 'en';

export interface RedactedConversation {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly sealedState: Uint8Array | undefined;
  /** BCP 47 tag. */
  readonly language: string;
}

/** Redacts the turns of one conversation in order and writes them as people write; its state outlives the worker only sealed. */
export interface ConversationRedactor {
  /** @param atMs wall-clock start of the utterance by the producer's clock */
  redact(
    utterance: Utterance,
    atMs: number,
  ): Promise<Pick<RedactionResult, 'text' | 'findings'> & { sealedState: Uint8Array }>;
}

export async function openConversationRedactor(
  deps: ConversationRedactorDeps,
  conversation: RedactedConversation,
): Promise<ConversationRedactor> {
  const { tenantId, sealedState } = conversation;
  const format = formatOf(conversation.language);
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
      const { role, text } = utterance;
      const spoken = deps.redactor.redact({ role, text, atMs }, state);
      // Figures show what words did not: the written form is judged as well, from where the spoken one was judged.
      const formatted = formatTranscript(spoken.text, format).text;
      const written = deps.redactor.redact({ role, text: formatted, atMs }, state);
      state = spoken.state;
      return {
        text: written.text,
        findings: [...spoken.findings, ...written.findings],
        sealedState: await deps.vault.seal(tenantId, recordId, serializeState(state)),
      };
    },
  };
}

function formatOf(language: string): FormatOptions {
  const isEnglish = language.split('-')[0]?.toLowerCase() === LANGUAGE_OF_NUMBERS;
  return { numbers: isEnglish, casing: isEnglish };
}
