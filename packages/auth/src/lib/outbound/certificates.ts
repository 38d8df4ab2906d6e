import { strategyUnless, type PreparedStrategy } from './prepared-strategy.ts';
import type { CaConfig } from './outbound-config.ts';
import type { MtlsInput, OutboundAuthProblem } from './outbound-input.ts';
import { readPrivateKey } from './private-key.ts';

export function prepareCa({ type, certificates }: CaConfig, _nowMs: number): PreparedStrategy {
  return strategyUnless([], { type, certificates });
}

export function prepareMtls(input: MtlsInput, _nowMs: number): PreparedStrategy {
  const { type, certificate } = input;
  const problems: OutboundAuthProblem[] = [];
  const read = readPrivateKey(input.privateKey, input.passphrase);
  if (!read.ok) problems.push({ pointer: `/${read.field}`, message: read.message });
  return strategyUnless(problems, { type, certificate }, read.ok ? read.pem : undefined);
}
