import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { TokenIssuer } from './token-issuer.ts';

/** What a receiver asks of a message; what is absent is not asked for. */
export interface MessageDemands {
  readonly secret?: { readonly header: string; readonly value: string };
  readonly tokens?: TokenIssuer;
  /** `whsec_` and base64. */
  readonly signingSecret?: string;
}

/** A message as it came over the wire. */
export interface ArrivedMessage {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Subject of the certificate the client showed and the handshake accepted. */
  readonly clientSubject: string | undefined;
}

export type MessageCheck =
  | { readonly ok: true; readonly proofs: readonly string[] }
  | { readonly ok: false; readonly status: 401 | 400; readonly reason: string };

/** Checks a message as its receiver should; `proofs` name what was found in order. */
export function checkMessage(
  { headers, body, clientSubject }: ArrivedMessage,
  { secret, tokens, signingSecret }: MessageDemands,
  nowMs: number,
): MessageCheck {
  const proofs = clientSubject === undefined ? [] : [`client certificate ${clientSubject}`];
  if (secret !== undefined) {
    if (headers[secret.header] !== secret.value) return refuse(`header ${secret.header} is not the secret`);
    proofs.push(`secret ${secret.header}`);
  }
  if (tokens !== undefined) {
    const problem = tokens.findProblem(headers.authorization, nowMs);
    if (problem !== undefined) return refuse(problem);
    proofs.push('access token');
  }
  if (signingSecret !== undefined) {
    const problem = findSignatureProblem(signingSecret, body, headers);
    if (problem !== undefined) return { ok: false, status: 400, reason: problem };
    proofs.push('signature');
  }
  return { ok: true, proofs };
}

/** With the verifier the standard publishes: what it takes, any receiver's library takes. */
function findSignatureProblem(
  secret: string,
  body: string,
  headers: IncomingHttpHeaders,
): string | undefined {
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  try {
    new Webhook(secret).verify(body, Object.fromEntries(named));
    return undefined;
  } catch (error) {
    return `its signature does not hold: ${error instanceof Error ? error.message : 'no reason given'}`;
  }
}

function refuse(reason: string): MessageCheck {
  return { ok: false, status: 401, reason };
}
