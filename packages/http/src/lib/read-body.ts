/** Far above any body of the contract, far below what would hurt; a longer one is answered 413. */
export const BODY_BYTES_MAX = 65_536;

/** The bytes of a body, or `undefined` as soon as they are more than the limit. */
export async function readBody(request: Request, bytesMax: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) return undefined;
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of request.body) {
    byteCount += chunk.byteLength;
    if (byteCount > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, byteCount);
}

/** `undefined` when the bytes are not UTF-8 or not JSON. */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { value };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Whether a body of this type can be JSON in UTF-8. A request that names no type is taken at its word. */
export function isJsonContentType(contentType: string | null): boolean {
  if (contentType === null) return true;
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || ['utf-8', 'utf8'].includes(charset.slice(8).replaceAll('"', ''));
  return type === 'application/json' && isUtf8;
}
