import type { FileMessageBody } from '@earshot/api';

/** Limits of one request. */
const BATCH_MESSAGE_COUNT = 300;
const BATCH_BYTES_MAX = 1_000_000;

/** The messages in their order, in parts that a request takes. */
export function messageBatches(
  messages: readonly FileMessageBody[],
): readonly (readonly FileMessageBody[])[] {
  const batches: FileMessageBody[][] = [];
  let bytes = BATCH_BYTES_MAX;
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message)) + 1;
    const last = batches.at(-1);
    if (last === undefined || last.length === BATCH_MESSAGE_COUNT || bytes + size > BATCH_BYTES_MAX) {
      batches.push([message]);
      bytes = size;
    } else {
      last.push(message);
      bytes += size;
    }
  }
  return batches;
}
