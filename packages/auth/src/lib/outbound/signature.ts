import { createHmac } from 'node:crypto';
import { AppError } from '@earshot/domain';
import { withHeader } from './header-field.ts';
import type { SignatureConfig } from './outbound-config.ts';
import type { SignatureInput } from './outbound-input.ts';
import type { OutboundRequest } from './outbound-request.ts';
import type { PreparedStrategy } from './prepared-strategy.ts';
import { newSigningSecret, parseSigningSecret } from './signing-secret.ts';

const FIRST_KIND = 'signing-secret-1';

/**
 * Signs as Standard Webhooks 1.0 says: `id.timestamp.body` with every secret that is live, newest first, and sets
 * the three headers together, so that they always tell of one another.
 */
export async function applySignature(
  request: OutboundRequest,
  config: SignatureConfig,
  openSecret: (kind: string) => Promise<string>,
): Promise<OutboundRequest> {
  const { webhookId, timestampSeconds, body } = request;
  const signatures: string[] = [];
  for (const { kind, untilMs } of config.secrets) {
    if (untilMs !== undefined && untilMs <= timestampSeconds * 1000) continue;
    const key = parseSigningSecret(await openSecret(kind));
    if (key === undefined) {
      const message = `Cannot sign: secret ${kind} is not whsec_ and base64 of 24 to 64 bytes`;
      throw new AppError('auth.invalid-secret', message, { retryable: false });
    }
    const hmac = createHmac('sha256', key).update(`${webhookId}.${timestampSeconds}.${body}`);
    signatures.push(`v1,${hmac.digest('base64')}`);
  }
  const identified = withHeader(request, 'webhook-id', webhookId);
  const dated = withHeader(identified, 'webhook-timestamp', String(timestampSeconds));
  return withHeader(dated, 'webhook-signature', signatures.join(' '));
}

/** Without a secret given, a `current` strategy keeps its own; without one, a secret is made. */
export function prepareSignature(
  { secret }: SignatureInput,
  current: SignatureConfig | undefined,
): PreparedStrategy {
  if (secret === undefined && current !== undefined) return { ok: true, config: current };
  const value = secret ?? newSigningSecret();
  if (parseSigningSecret(value) === undefined) {
    const message = 'must be whsec_ and base64 of 24 to 64 bytes';
    return { ok: false, problems: [{ pointer: '/secret', message }] };
  }
  const kind = nextSigningKind(current);
  return { ok: true, config: { type: 'signature', secrets: [{ kind }] }, secret: value };
}

/** A kind that no secret of `current` has. */
export function nextSigningKind(current: SignatureConfig | undefined): string {
  const [newest] = current?.secrets ?? [];
  if (newest === undefined) return FIRST_KIND;
  return `signing-secret-${Number(newest.kind.slice(newest.kind.lastIndexOf('-') + 1)) + 1}`;
}
