import { dirname, resolve } from 'node:path';
import { speechError } from '../speech-error.ts';

/** A recording of which the words are known. */
export interface EvaluationClip {
  /** As the manifest names it. */
  readonly file: string;
  readonly path: string;
  readonly transcript: string;
  /** What clips are put together by; `all` where the manifest names none. */
  readonly source: string;
}

const CLIPS_MAX = 100_000;

/**
 * Reads tab-separated lines under a header with at least `file` and `transcript`, in any order; `source` may be there,
 * and columns nobody here knows (`duration_s`) are passed over. Files are relative to the manifest.
 *
 * Throws `speech.manifest-invalid`.
 */
export function parseEvaluationManifest(text: string, manifestPath: string): EvaluationClip[] {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = header.split('\t').map((name) => name.trim().toLowerCase());
  const [file, transcript, source] = ['file', 'transcript', 'source'].map((name) => columns.indexOf(name));
  if (file === undefined || file < 0 || transcript === undefined || transcript < 0)
    throw invalid('its first line lacks the columns file and transcript, tabs between them');
  const rows = lines.flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 2 }]));
  if (rows.length === 0) throw invalid('it names no file');
  if (rows.length > CLIPS_MAX) throw invalid(`${rows.length} files exceed limit ${CLIPS_MAX}`);
  return rows.map(({ line, number }) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    const name = cells[file];
    const words = cells[transcript];
    if (name === undefined || name === '' || words === undefined)
      throw invalid(`line ${number} has ${cells.length} columns, want ${columns.length}`);
    const path = resolve(dirname(manifestPath), name);
    return { file: name, path, transcript: words, source: cells[source ?? -1] || 'all' };
  });
}

function invalid(problem: string): Error {
  return speechError('speech.manifest-invalid', `Cannot read manifest: ${problem}`);
}
