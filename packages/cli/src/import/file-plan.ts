import type { FileMessageBody } from '@earshot/api';
import type { ConversationCalls, EarshotClient } from '@earshot/client';
import { messageBatches } from '../file/message-batches.ts';
import { CliError } from '../verb.ts';
import type { ImportPlan } from './plan-import.ts';

export interface Filed {
  readonly conversationId: string;
  readonly filedCount: number;
  /** Messages that an earlier import, or the call itself, had put there. */
  readonly presentCount: number;
  /** Messages of which the system holds another text than the caption: masked, as a rule. */
  readonly alteredCount: number;
}

/** Texts by speaker and moment: two may begin at once. */
type Stored = Map<string, string[]>;

/**
 * Files what is not there yet, batch after batch, so that an import that broke off is gone on with, and compares what is stored
 * with the captions. A message is there when one of its speaker began at the same millisecond. What lies before or behind the
 * file is another leg of the call. Throws `CliError` for a conversation that holds other messages in the time of the file: it is
 * another one.
 */
export async function filePlan(plan: ImportPlan, { conversations }: EarshotClient): Promise<Filed> {
  const { externalId, customerId, startedAtMs, messages } = plan;
  const known = await conversations.find({ externalId });
  const before =
    known === undefined ? new Map<string, string[]>() : await readStored(conversations, known.id, plan);
  const missing = messages.filter((message) => before.get(keyOf(message))?.shift() === undefined);
  const otherCount = [...before.values()].reduce((sum, texts) => sum + texts.length, 0);
  if (otherCount > 0) {
    throw new CliError(
      `Cannot import ${plan.file}: conversation ${externalId} has ${otherCount} other messages of that time; name another one by --guid`,
    );
  }
  const timestamp = new Date(startedAtMs).toISOString();
  const customer = { externalId: customerId };
  const { id } = known ?? (await conversations.upsert({ externalId, customer, timestamp }));
  for (const batch of messageBatches(missing)) await conversations.fileMessages(id, [...batch]);
  const alteredCount = countAltered(plan, await readStored(conversations, id, plan));
  const filedCount = missing.length;
  return { conversationId: id, filedCount, presentCount: messages.length - filedCount, alteredCount };
}

async function readStored(
  conversations: Pick<ConversationCalls, 'messages'>,
  conversationId: string,
  { startedAtMs, endedAtMs }: ImportPlan,
): Promise<Stored> {
  const stored: Stored = new Map();
  for await (const { sender, clientTimestamp, text } of conversations.messages({ conversationId })) {
    const atMs = Date.parse(clientTimestamp);
    if (atMs < startedAtMs || atMs > endedAtMs) continue;
    const key = keyOf({ sender, timestamp: clientTimestamp });
    stored.set(key, [...(stored.get(key) ?? []), text]);
  }
  return stored;
}

/** Throws `CliError` where a message is not there. */
function countAltered({ file, messages }: ImportPlan, stored: Stored): number {
  let alteredCount = 0;
  for (const message of messages) {
    const texts = stored.get(keyOf(message)) ?? [];
    if (texts.length === 0)
      throw new CliError(`Cannot import ${file}: a message of ${message.timestamp} is not stored`);
    const same = texts.indexOf(message.text);
    texts.splice(Math.max(0, same), 1);
    if (same === -1) alteredCount += 1;
  }
  return alteredCount;
}

function keyOf({
  sender,
  timestamp,
}: Pick<FileMessageBody, 'timestamp'> & { sender: { role: string } }): string {
  return `${sender.role} ${Date.parse(timestamp)}`;
}
