import { csv } from './csv.ts';
import { jsonLines } from './json-lines.ts';
import { parquet } from './parquet.ts';
import type { UtteranceRow } from './utterance-row.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'parquet'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export function isExportFormat(text: string): text is ExportFormat {
  return EXPORT_FORMATS.some((format) => format === text);
}

const WRITERS = { jsonl: jsonLines, csv, parquet } as const satisfies Record<ExportFormat, unknown>;

/** The bytes of one file. The same rows give the same bytes. Memory does not grow with their number. */
export function encodeUtterances(
  format: ExportFormat,
  rows: AsyncIterable<UtteranceRow>,
): AsyncGenerator<Uint8Array> {
  return WRITERS[format](rows);
}
