import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const CLIENT_ID = 'earshot-listen';
const LIFE_SECONDS = 300;
const TOKEN_COUNT_MAX = 1000;

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string | number>>;
}

/** Gives access tokens to one client with the grant client_credentials (RFC 6749, section 4.4). */
export interface TokenIssuer {
  readonly clientSecret: string;
  /** @param form body of the request; the client's secret is there or in `authorization` (basic) */
  answer(form: string, authorization: string | undefined, nowMs: number): TokenAnswer;
  /** Why `authorization` of a message will not do; undefined when it will. */
  findProblem(authorization: string | undefined, nowMs: number): string | undefined;
}

export function createTokenIssuer(): TokenIssuer {
  const clientSecret = randomBytes(24).toString('base64url');
  const untilMsByToken = new Map<string, number>();
  return {
    clientSecret,
    answer(form, authorization, nowMs) {
      const fields = new URLSearchParams(form);
      const { id, secret } = readBasic(authorization) ?? {
        id: fields.get('client_id'),
        secret: fields.get('client_secret'),
      };
      if (id !== CLIENT_ID || !isSame(secret ?? '', clientSecret)) return refusal(401, 'invalid_client');
      if (fields.get('grant_type') !== 'client_credentials') return refusal(400, 'unsupported_grant_type');
      const token = randomBytes(24).toString('base64url');
      const [oldest] = untilMsByToken.keys();
      if (untilMsByToken.size >= TOKEN_COUNT_MAX && oldest !== undefined) untilMsByToken.delete(oldest);
      untilMsByToken.set(token, nowMs + LIFE_SECONDS * 1000);
      return {
        status: 200,
        body: { access_token: token, token_type: 'Bearer', expires_in: LIFE_SECONDS },
      };
    },
    findProblem(authorization, nowMs) {
      const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) return 'it carries no access token';
      const untilMs = untilMsByToken.get(token);
      if (untilMs === undefined) return 'its access token was not given here';
      return nowMs < untilMs ? undefined : 'its access token has expired';
    },
  };
}

function refusal(status: number, error: string): TokenAnswer {
  return { status, body: { error } };
}

/** RFC 6749, section 2.3.1: both parts are form-encoded within. */
function readBasic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  const decode = (text: string): string => new URLSearchParams(`x=${text}`).get('x') ?? '';
  return { id: decode(id), secret: decode(secret) };
}

/** Takes as long whatever is given. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
