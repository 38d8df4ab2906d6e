import type { ConversationMessage, FileMessageBody } from '@earshot/api';
import type { EarshotClient } from '@earshot/client';
import { messageBatches } from '../file/message-batches.ts';
import { CliError } from '../verb.ts';
import type { ImportPlan } from './plan-import.ts';

export interface Filed {
  readonly conversationId: string;
  readonly filedCount: number;
  /** Messages that an earlier import, or the call itself, had put there. */
  readonly presentCount: number;
}

/**
 * Files what is not there yet, batch after batch, so that an import that broke off is gone on with. A message is there when one
 * of its speaker began at the same millisecond. What lies before or behind the file is another leg of the call. Throws `CliError`
 * for a conversation that holds other messages in the time of the file: it is another one.
 */
export async function filePlan(plan: ImportPlan, { conversations }: EarshotClient): Promise<Filed> {
  const { externalId, customerId, startedAtMs, endedAtMs, messages } = plan;
  const known = await conversations.find({ externalId });
  const present = new Map<string, number>();
  if (known !== undefined) {
    const listed = conversations.messages({ conversationId: known.id });
    for await (const message of listed) {
      const atMs = Date.parse(message.clientTimestamp);
      if (atMs >= startedAtMs && atMs <= endedAtMs) add(present, keyOf(storedMoment(message)));
    }
  }
  const missing = messages.filter((message) => !take(present, keyOf(filedMoment(message))));
  const otherCount = [...present.values()].reduce((sum, count) => sum + count, 0);
  if (otherCount > 0) {
    throw new CliError(
      `Cannot import ${plan.file}: conversation ${externalId} has ${otherCount} other messages of that time; name another one by --guid`,
    );
  }
  const timestamp = new Date(startedAtMs).toISOString();
  const customer = { externalId: customerId };
  const { id } = known ?? (await conversations.upsert({ externalId, customer, timestamp }));
  for (const batch of messageBatches(missing)) await conversations.fileMessages(id, [...batch]);
  return { conversationId: id, filedCount: missing.length, presentCount: messages.length - missing.length };
}

interface Moment {
  readonly role: string;
  readonly timestamp: string;
}

function storedMoment({ sender, clientTimestamp }: ConversationMessage): Moment {
  return { role: sender.role, timestamp: clientTimestamp };
}

function filedMoment({ sender, timestamp }: FileMessageBody): Moment {
  return { role: sender.role, timestamp };
}

function keyOf({ role, timestamp }: Moment): string {
  return `${role} ${Date.parse(timestamp)}`;
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}
