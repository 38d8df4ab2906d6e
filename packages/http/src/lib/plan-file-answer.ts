import { parseRange, type ByteRange } from './byte-range.ts';
import { isTagNamed } from './entity-tag.ts';

export interface ServedFile {
  readonly byteCount: number;
  /** A strong tag with its quotes: other bytes have another. */
  readonly etag: string;
  readonly contentType: string;
  /** What a browser saves it as; characters that are not safe in a header become `_`. */
  readonly fileName: string;
}

/** What is asked of a file: the method, and headers by their names in lower case. */
export interface FileRequest {
  readonly method: string;
  header(name: string): string | undefined;
}

export interface FileAnswer {
  readonly status: 200 | 206 | 304 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** What of the file is to follow; `undefined` where nothing is, so that it need not be opened. */
  readonly body: ByteRange | undefined;
}

/**
 * How a file is answered: whole, one range of it, or nothing. `HEAD` is answered as `GET` without a body and without
 * regard to `Range`; a range is left unread where `If-Range` names other bytes.
 */
export function planFileAnswer(request: FileRequest, file: ServedFile): FileAnswer {
  const { byteCount, etag } = file;
  const headers = headersOf(file);
  if (isTagNamed(request.header('if-none-match'), etag)) return { status: 304, headers, body: undefined };
  const ifRange = request.header('if-range');
  const takesRange = request.method !== 'HEAD' && (ifRange === undefined || ifRange === etag);
  const range = takesRange ? parseRange(request.header('range'), byteCount) : undefined;
  if (range === 'unsatisfiable') {
    // Nothing of the file follows, so nothing is told of what it holds.
    const told = { 'accept-ranges': 'bytes', etag, 'content-range': `bytes */${byteCount}` };
    return { status: 416, headers: told, body: undefined };
  }
  if (range === undefined) {
    const isWanted = request.method !== 'HEAD' && byteCount > 0;
    const body = isWanted ? { from: 0, to: byteCount - 1 } : undefined;
    return { status: 200, headers: { ...headers, 'content-length': String(byteCount) }, body };
  }
  const part = {
    'content-range': `bytes ${range.from}-${range.to}/${byteCount}`,
    'content-length': String(range.to - range.from + 1),
  };
  return { status: 206, headers: { ...headers, ...part }, body: range };
}

function headersOf({ etag, contentType, fileName }: ServedFile): Record<string, string> {
  return {
    'content-type': contentType,
    'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w.=-]/g, '_')}"`,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    etag,
  };
}
