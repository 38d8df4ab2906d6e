import { textChunks } from './text-chunks.ts';
import { timestampText, UTTERANCE_COLUMNS, type Column, type UtteranceRow } from './utterance-row.ts';

const LINE_END = '\r\n';

/**
 * RFC 4180 with a header line. Text that a spreadsheet would run as a formula begins with an apostrophe, which
 * spreadsheets do not show; an absent value is an empty field.
 */
export function csv(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<Uint8Array> {
  return textChunks(rows, lineOf, UTTERANCE_COLUMNS.map(({ name }) => name).join(',') + LINE_END);
}

function lineOf(row: UtteranceRow): string {
  return UTTERANCE_COLUMNS.map((column) => fieldText(column, row)).join(',') + LINE_END;
}

function fieldText({ type, read }: Column, row: UtteranceRow): string {
  const value = read(row);
  if (value === null) return '';
  if (typeof value === 'string') return csvField(value);
  return type === 'timestamp' ? timestampText(value) : String(value);
}

/** What spreadsheets take for the beginning of a formula, also after blanks or in full width; OWASP, "CSV Injection". */
const FORMULA = /^\s*[=+\-@|%＝＋－＠]|^[\t\r]/;

/** One text field, quoted where it has to be. */
export function csvField(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
