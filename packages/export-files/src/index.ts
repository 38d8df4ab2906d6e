export { encodeUtterances, EXPORT_FORMATS, isExportFormat, type ExportFormat } from './lib/export-format.ts';
export { ROW_GROUP_ROWS } from './lib/parquet.ts';
export { UTTERANCE_COLUMNS, type Column, type ColumnType, type UtteranceRow } from './lib/utterance-row.ts';
