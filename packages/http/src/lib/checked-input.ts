import { ERROR_CODES, problemText, type RawQuery, type Validation } from '@earshot/api';
import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv, Refusal } from './app-env.ts';
import { BODY_BYTES_MAX, isJsonContentType, parseJson, readBody } from './read-body.ts';
import { refuse } from './refuse.ts';

export type JsonBody<T> = { in: { json: T }; out: { json: T } };
export type QueryParams<T> = { in: { query: T }; out: { query: T } };

/**
 * Reads and checks the body; the handler takes it from `c.req.valid('json')`. Answers 415 `415-01`, 413 `413-01`
 * (limit 65536 bytes unless told), 400 `400-01` (not JSON), or 400 with the code of the check.
 */
export function jsonBody<T extends object>(
  validate: (value: unknown) => Validation<T>,
  { bytesMax = BODY_BYTES_MAX }: { readonly bytesMax?: number } = {},
): MiddlewareHandler<AppEnv, string, JsonBody<T>> {
  return async (c, next) => {
    const read = await readJson(c.req.raw, bytesMax);
    if ('code' in read) return refuse(c, read);
    const checked = validate(read.value);
    if (!checked.ok) return refuseInvalid(c, checked);
    c.req.addValidatedData('json', checked.value);
    return await next();
  };
}

/** Checks the query parameters; the handler takes them from `c.req.valid('query')`. */
export function queryParams<T extends object>(
  validate: (query: RawQuery) => Validation<T>,
): MiddlewareHandler<AppEnv, string, QueryParams<T>> {
  return async (c, next) => {
    const checked = validate(c.req.query());
    if (!checked.ok) return refuseInvalid(c, checked);
    c.req.addValidatedData('query', checked.value);
    return await next();
  };
}

function refuseInvalid(c: Context<AppEnv>, failed: Extract<Validation<unknown>, { ok: false }>): Response {
  const { code, problems } = failed;
  return refuse(c, { code, message: problemText(problems), problems });
}

async function readJson(request: Request, bytesMax: number): Promise<{ readonly value: unknown } | Refusal> {
  const encoding = request.headers.get('content-encoding');
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return { code: ERROR_CODES.unsupportedMediaType, message: 'Content-Type must be application/json' };
  }
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    return { code: ERROR_CODES.unsupportedMediaType, message: 'Content-Encoding must be identity' };
  }
  const bytes = await readBody(request, bytesMax);
  if (bytes === undefined) {
    const message = `Cannot read body, it exceeds limit ${bytesMax} bytes`;
    return { code: ERROR_CODES.bodyTooLarge, message };
  }
  return parseJson(bytes) ?? { code: ERROR_CODES.malformedBody, message: 'Cannot read body as JSON' };
}
