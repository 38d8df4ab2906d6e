import { textChunks } from './text-chunks.ts';
import { timestampText, UTTERANCE_COLUMNS, type UtteranceRow } from './utterance-row.ts';

/** One JSON object a line, keys in the order of the columns, null where there is no value. */
export function jsonLines(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<Uint8Array> {
  return textChunks(lines(rows));
}

async function* lines(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<string> {
  for await (const row of rows) {
    const entries = UTTERANCE_COLUMNS.map(({ name, type, read }): [string, string | number | null] => {
      const value = read(row);
      return [name, type === 'timestamp' && typeof value === 'number' ? timestampText(value) : value];
    });
    yield `${JSON.stringify(Object.fromEntries(entries))}\n`;
  }
}
