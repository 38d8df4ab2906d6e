import type { GetRecordingQuery } from '@earshot/api';
import { EarshotApiError, errorOfAnswer } from './earshot-api-error.ts';
import type { Fetch } from './try-once.ts';

export interface RecordingConnection {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  /** An answer, or a body, of which nothing came for this long is given up. */
  readonly timeoutMs: number;
  readonly delay: (durationMs: number) => Promise<void>;
}

/** Asks for a recording; from its `from`th byte on where what is there already has this tag. */
export function recordingRequest(
  { baseUrl, headers }: RecordingConnection,
  guid: string,
  { format, leg }: GetRecordingQuery,
  rest?: { readonly range: string; readonly etag: string | undefined },
): Request {
  const query = new URLSearchParams({
    ...(format === undefined ? {} : { format }),
    ...(leg === undefined ? {} : { leg: String(leg) }),
  }).toString();
  const path = `/earshot/v1/calls/${encodeURIComponent(guid)}/recording${query === '' ? '' : `?${query}`}`;
  const ifRange = rest?.etag === undefined ? {} : { 'if-range': rest.etag };
  return new Request(`${baseUrl.replace(/\/$/, '')}${path}`, {
    headers: { ...headers, ...(rest === undefined ? {} : { range: rest.range, ...ifRange }) },
    // A redirect would carry the secret to another host.
    redirect: 'error',
  });
}

/** Why an answer holds no bytes. */
export async function recordingFailure(response: Response): Promise<EarshotApiError> {
  const text = await response.text().catch(() => '');
  try {
    return errorOfAnswer(response.status, JSON.parse(text));
  } catch {
    return errorOfAnswer(response.status, undefined);
  }
}
