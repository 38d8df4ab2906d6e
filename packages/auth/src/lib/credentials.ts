/** What a request says of itself; nothing of it is checked yet. */
export interface Credentials {
  readonly apiId: string;
  readonly apiSecret: string;
}

/** The part of `Headers` that is needed; names are asked for in lower case. */
export interface HeaderReader {
  get(name: string): string | null | undefined;
}

const API_ID_CHARS_MAX = 128;
const API_SECRET_CHARS_MAX = 512;
const HEADER_PAIRS = [
  ['asapp-api-id', 'asapp-api-secret'],
  ['earshot-api-id', 'earshot-api-secret'],
] as const;

/**
 * Finds the credentials of a request: `asapp-api-id` and `asapp-api-secret`, else `earshot-api-id` and
 * `earshot-api-secret`, else `Authorization: Bearer <id>.<secret>`. The first complete pair counts.
 * `undefined` when there is none, or when a part is longer than any key could be (id 128, secret 512 characters).
 */
export function parseCredentials(headers: HeaderReader): Credentials | undefined {
  for (const [idName, secretName] of HEADER_PAIRS) {
    const found = accept(headers.get(idName), headers.get(secretName));
    if (found !== undefined) return found;
  }
  const token = /^bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1] ?? '';
  const dot = token.indexOf('.');
  return dot === -1 ? undefined : accept(token.slice(0, dot), token.slice(dot + 1));
}

function accept(id: string | null | undefined, secret: string | null | undefined): Credentials | undefined {
  const apiId = id?.trim() ?? '';
  const apiSecret = secret?.trim() ?? '';
  if (apiId === '' || apiId.length > API_ID_CHARS_MAX) return undefined;
  if (apiSecret === '' || apiSecret.length > API_SECRET_CHARS_MAX) return undefined;
  return { apiId, apiSecret };
}
