export { applyEdits, type Edit } from './lib/edits.ts';
export { formatTranscript, type FormatOptions, type FormattedTranscript } from './lib/format-transcript.ts';
