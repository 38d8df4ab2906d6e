import type { UtteranceRow } from './utterance-row.ts';

/** Lines are gathered to about this size, so that a file takes few writes. */
const CHUNK_CHARS = 256 * 1024;

/** One line a row after a first one, as chunks of UTF-8. */
export async function* textChunks(
  rows: AsyncIterable<UtteranceRow>,
  lineOf: (row: UtteranceRow) => string,
  head = '',
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let gathered = head;
  for await (const row of rows) {
    gathered += lineOf(row);
    if (gathered.length < CHUNK_CHARS) continue;
    yield encoder.encode(gathered);
    gathered = '';
  }
  if (gathered !== '') yield encoder.encode(gathered);
}
