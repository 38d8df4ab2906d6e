import type { OutboundAuthConfig, SigningSecret } from './outbound-config.ts';
import type { OutboundSecret } from './outbound-input.ts';
import { nextSigningKind } from './signature.ts';
import { newSigningSecret } from './signing-secret.ts';

/** The strategies of an endpoint after a rotation. */
export interface RotatedSigningSecret {
  readonly configs: readonly OutboundAuthConfig[];
  /** To be sealed under its kind and shown once. */
  readonly secret: OutboundSecret;
  /** Kinds that sign no more, to be forgotten. */
  readonly expiredKinds: readonly string[];
  /** When the secret before stops signing; absent without overlap. */
  readonly previousUntilMs?: number;
}

/**
 * A new signing secret; the one before goes on signing beside it for `overlapMs`. Never more than two live: with an
 * overlap still running, the older of the two ends. Undefined when no strategy signs.
 */
export function rotateSigningSecret(
  configs: readonly OutboundAuthConfig[],
  overlapMs: number,
  nowMs: number,
): RotatedSigningSecret | undefined {
  const current = configs.find((config) => config.type === 'signature');
  if (current === undefined) return undefined;
  const kind = nextSigningKind(current);
  const [newest] = current.secrets;
  const untilMs = nowMs + overlapMs;
  const previous: SigningSecret[] =
    newest === undefined || overlapMs <= 0 ? [] : [{ kind: newest.kind, untilMs }];
  const expiredKinds = current.secrets
    .map((one) => one.kind)
    .filter((one) => previous.every((kept) => kept.kind !== one));
  return {
    configs: configs.map((config) =>
      config === current ? { type: 'signature', secrets: [{ kind }, ...previous] } : config,
    ),
    secret: { kind, value: newSigningSecret() },
    expiredKinds,
    ...(previous.length === 0 ? {} : { previousUntilMs: untilMs }),
  };
}
