import { textChunks } from './text-chunks.ts';
import { timestampText, UTTERANCE_COLUMNS, type UtteranceRow } from './utterance-row.ts';

const LINE_END = '\r\n';

/**
 * RFC 4180 with a header line. Text that a spreadsheet would run as a formula begins with an apostrophe, which
 * spreadsheets do not show; an absent value is an empty field.
 */
export function csv(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<Uint8Array> {
  return textChunks(lines(rows));
}

async function* lines(rows: AsyncIterable<UtteranceRow>): AsyncGenerator<string> {
  yield UTTERANCE_COLUMNS.map(({ name }) => name).join(',') + LINE_END;
  for await (const row of rows) {
    const fields = UTTERANCE_COLUMNS.map(({ type, read }) => {
      const value = read(row);
      if (value === null) return '';
      if (type === 'string') return csvField(String(value));
      return type === 'timestamp' ? timestampText(Number(value)) : String(value);
    });
    yield fields.join(',') + LINE_END;
  }
}

/** What spreadsheets take for the beginning of a formula, also after blanks or in full width; OWASP, "CSV Injection". */
const FORMULA = /^\s*[=+\-@|%＝＋－＠]|^[\t\r]/;

/** One text field, quoted where it has to be. */
export function csvField(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}
