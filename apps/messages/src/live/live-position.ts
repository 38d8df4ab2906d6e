import type { CommitPosition } from '@earshot/storage';

interface SentMessage {
  readonly messageId: string;
  readonly createdAtMs: number;
}

/** How far a follower has come: it has all created before `sinceMs`, and of what came since then `sent`. */
export interface LivePosition {
  readonly sinceMs: number;
  readonly sent: readonly SentMessage[];
}

/** Looked at again at each read: a database clock that was set back by less loses no message. */
const OVERLAP_MS = 1000;
/** Messages named in a position; a call that is caught up in a burst has more a second, and gets a shorter overlap. */
const SENT_COUNT_MAX = 16;
const SENT_COUNT_READ_MAX = 64;

export const LIVE_BEGINNING: LivePosition = { sinceMs: 0, sent: [] };

/** The position after one more message, sent in the order of `createdAtMs`. */
export function advancePosition(position: LivePosition, message: SentMessage): LivePosition {
  const { messageId, createdAtMs } = message;
  const newestFirst = [...position.sent, { messageId, createdAtMs }].toSorted(
    (one, other) => other.createdAtMs - one.createdAtMs,
  );
  const newestMs = newestFirst[0]?.createdAtMs ?? 0;
  const crowdedMs = newestFirst[SENT_COUNT_MAX - 1]?.createdAtMs ?? 0;
  const sinceMs = Math.max(position.sinceMs, newestMs - OVERLAP_MS, crowdedMs);
  return { sinceMs, sent: newestFirst.filter((sent) => sent.createdAtMs >= sinceMs) };
}

export function commitPosition({ sinceMs, sent }: LivePosition): CommitPosition {
  return { sinceMs, messageIds: sent.map(({ messageId }) => messageId) };
}

/** The `id` of an event: opaque to clients, base64url of a JSON array. */
export function encodePosition({ sinceMs, sent }: LivePosition): string {
  const flat = sent.flatMap(({ messageId, createdAtMs }) => [messageId, createdAtMs - sinceMs]);
  return Buffer.from(JSON.stringify([sinceMs, ...flat])).toString('base64url');
}

/** `undefined` when the text is no position of ours. */
export function decodePosition(text: string): LivePosition | undefined {
  const [sinceMs, ...flat] = parseArray(Buffer.from(text, 'base64url').toString());
  if (!isInstant(sinceMs) || flat.length % 2 > 0 || flat.length > 2 * SENT_COUNT_READ_MAX) return undefined;
  const sent: SentMessage[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    const [messageId, offsetMs] = flat.slice(index, index + 2);
    if (typeof messageId !== 'string' || !/^[0-9A-Z]{1,64}$/.test(messageId)) return undefined;
    if (!isInstant(offsetMs)) return undefined;
    sent.push({ messageId, createdAtMs: sinceMs + offsetMs });
  }
  return { sinceMs, sent };
}

function parseArray(json: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Latest instant of a JavaScript date. */
const INSTANT_MS_MAX = 8.64e15;

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= INSTANT_MS_MAX;
}
