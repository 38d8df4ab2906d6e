import type { Utterance } from '@earshot/domain';
import { formatTranscript, type FormatOptions } from '@earshot/formatting';
import {
  WrittenConversation,
  parseState,
  serializeState,
  type Redactor,
  type WrittenTurn,
} from '@earshot/redaction';
import type { Vault } from '@earshot/vault';

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
  redact(utterance: Utterance, atMs: number): Promise<WrittenTurn & { sealedState: Uint8Array }>;
}

export async function openConversationRedactor(
  deps: ConversationRedactorDeps,
  conversation: RedactedConversation,
): Promise<ConversationRedactor> {
  const { tenantId, sealedState } = conversation;
  const format = formatOf(conversation.language);
  const recordId = `redaction:${conversation.conversationId}`;
  const state =
    sealedState === undefined
      ? undefined
      : parseState(new TextDecoder().decode(await deps.vault.open(tenantId, recordId, sealedState)));
  const turns = new WrittenConversation(deps.redactor, {
    write: (text) => formatTranscript(text, format).text,
    ...(state === undefined ? {} : { state }),
  });

  return {
    async redact({ role, text }, atMs) {
      return {
        ...turns.redact({ role, text, atMs }),
        sealedState: await deps.vault.seal(tenantId, recordId, serializeState(turns.state)),
      };
    },
  };
}

function formatOf(language: string): FormatOptions {
  const isEnglish = language.split('-')[0]?.toLowerCase() === LANGUAGE_OF_NUMBERS;
  return { numbers: isEnglish, casing: isEnglish };
}
