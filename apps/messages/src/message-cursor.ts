import type { MessageCursor } from '@earshot/storage';

/** A place in a conversation as clients see it: opaque, base64url of a JSON triple. */
export function encodeCursor({ clientTimestampMs, roleOrder, messageId }: MessageCursor): string {
  return Buffer.from(JSON.stringify([clientTimestampMs, roleOrder, messageId])).toString('base64url');
}

/** `undefined` when the text is not a cursor of ours. */
export function decodeCursor(text: string): MessageCursor | undefined {
  const json = Buffer.from(text, 'base64url').toString();
  const [clientTimestampMs, roleOrder, messageId] = parseTriple(json);
  if (!isWhole(clientTimestampMs) || !isWhole(roleOrder) || roleOrder > 9) return undefined;
  if (typeof messageId !== 'string' || !/^[0-9A-Z]{1,64}$/.test(messageId)) return undefined;
  return { clientTimestampMs, roleOrder, messageId };
}

function parseTriple(json: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.length === 3 ? value : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Latest instant of a JavaScript date; PostgreSQL reaches further. */
const INSTANT_MS_MAX = 8.64e15;

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0 && value <= INSTANT_MS_MAX;
}
