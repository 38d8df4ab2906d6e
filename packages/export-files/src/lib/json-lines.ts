import { textChunks } from './text-chunks.ts';
import { timestampText, UTTERANCE_COLUMNS, type Column, type UtteranceRow } from './utterance-row.ts';

/** One JSON object a line, keys in the order of the columns, null where there is no value. */
export function jsonLines(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<Uint8Array> {
  return textChunks(rows, lineOf);
}

const MEMBERS = UTTERANCE_COLUMNS.map((column, index) => ({
  column,
  start: `${index === 0 ? '{' : ','}${JSON.stringify(column.name)}:`,
}));

function lineOf(row: UtteranceRow): string {
  let line = '';
  for (const { column, start } of MEMBERS) line += start + valueText(column, row);
  return `${line}}\n`;
}

function valueText({ type, read }: Column, row: UtteranceRow): string {
  const value = read(row);
  if (typeof value === 'number') return type === 'timestamp' ? `"${timestampText(value)}"` : String(value);
  return value === null ? 'null' : JSON.stringify(value);
}
