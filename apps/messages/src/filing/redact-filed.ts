import type { FileMessageBody } from '@earshot/api';
import { filedInstantMs } from '@earshot/api';
import type { ParticipantRole } from '@earshot/domain';
import {
  createRedactor,
  policyInForce,
  toRedactionPolicy,
  WrittenConversation,
  type TenantPolicy,
} from '@earshot/redaction';
import type { MessageStore, RedactionSettingsStore } from '@earshot/storage';

export interface RedactFiledDeps {
  readonly messages: Pick<MessageStore, 'listTimed'>;
  readonly redactionSettings: Pick<RedactionSettingsStore, 'get'>;
  readonly redactionForced: boolean;
}

/** What was said before this no longer explains what is said now; `WrittenConversation` forgets it as well. */
const CONTEXT_MS = 60_000;
const CONTEXT_MESSAGES_MAX = 1000;

/**
 * The texts of messages in the order given, masked by the tenant's policy judged strictly: no state with raw words is
 * kept between requests, so that what the stored messages of the minute before show has to do. Who wrote does not
 * matter: what is masked of either side is masked of all, the system among them.
 */
export async function redactFiled(
  { messages, redactionSettings, redactionForced }: RedactFiledDeps,
  conversation: { readonly tenantId: string; readonly conversationId: string },
  filed: readonly FileMessageBody[],
): Promise<readonly string[]> {
  const stored = await redactionSettings.get(conversation.tenantId);
  const { policy } = policyInForce(stored, { forced: redactionForced });
  const turns = filed
    .map(({ text, sender, timestamp }, index) => ({
      index,
      text,
      role: sideOf(sender.role),
      atMs: filedInstantMs(timestamp),
    }))
    .toSorted((a, b) => a.atMs - b.atMs);
  const fromMs = turns[0]?.atMs ?? 0;
  const before = await messages.listTimed({
    ...conversation,
    after: { clientTimestampMs: Math.max(0, fromMs - CONTEXT_MS), roleOrder: 0, messageId: '' },
    limit: CONTEXT_MESSAGES_MAX,
  });
  const redaction = new WrittenConversation(createRedactor(toRedactionPolicy(judgedStrictly(policy))));
  for (const { role, text, clientTimestampMs } of before) {
    if (clientTimestampMs < fromMs) redaction.redact({ role: sideOf(role), text, atMs: clientTimestampMs });
  }
  const texts: string[] = [];
  for (const { index, ...turn } of turns) texts[index] = redaction.redact(turn).text;
  return texts;
}

function judgedStrictly(policy: TenantPolicy): TenantPolicy {
  const either = [...new Set([...policy.entities.customer, ...policy.entities.agent])];
  return { ...policy, mode: 'strict', entities: { customer: either, agent: either } };
}

/** What the system writes is what the team's side says. */
function sideOf(role: FileMessageBody['sender']['role']): ParticipantRole {
  return role === 'customer' ? 'customer' : 'agent';
}
