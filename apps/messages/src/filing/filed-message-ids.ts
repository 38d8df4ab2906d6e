import { createHmac } from 'node:crypto';
import { filedInstantMs, type FileMessageBody } from '@earshot/api';
import { encodeUlid } from '@earshot/domain';

/**
 * The same message filed again has the same id; one that is twice in a batch has two. Keyed, since a short text could
 * be guessed from a plain digest.
 */
export function filedMessageIds(
  key: Uint8Array,
  conversationId: string,
  messages: readonly FileMessageBody[],
): readonly string[] {
  const seen = new Map<string, number>();
  return messages.map(({ text, sender, timestamp }) => {
    const atMs = filedInstantMs(timestamp);
    const said = JSON.stringify([
      'filed message',
      conversationId,
      atMs,
      sender.role,
      sender.externalId,
      text,
    ]);
    const count = seen.get(said) ?? 0;
    seen.set(said, count + 1);
    return encodeUlid(atMs, createHmac('sha256', key).update(said).update(String(count)).digest());
  });
}
