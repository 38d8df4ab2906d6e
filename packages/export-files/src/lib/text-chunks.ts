/** Lines are gathered to about this size, so that a file takes few writes. */
const CHUNK_CHARS = 256 * 1024;

/** Joins lines to chunks of UTF-8. */
export async function* textChunks(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let gathered = '';
  for await (const line of lines) {
    gathered += line;
    if (gathered.length < CHUNK_CHARS) continue;
    yield encoder.encode(gathered);
    gathered = '';
  }
  if (gathered !== '') yield encoder.encode(gathered);
}
