import type { Problem, PutRedactionPolicyBody } from '@earshot/api';
import type { StoredRedactionSettings } from '@earshot/storage';
import { readPolicy } from './read-policy.ts';
import type { RedactionDeps } from './redaction-deps.ts';

export type PutPolicyOutcome =
  | { readonly type: 'put'; readonly stored: StoredRedactionSettings }
  | { readonly type: 'invalid'; readonly problems: readonly Problem[] };

/** Replaces the policy of a tenant, also one that could not be read. */
export async function putPolicy(
  { redactionSettings, forced, clock }: RedactionDeps,
  tenantId: string,
  body: PutRedactionPolicyBody,
): Promise<PutPolicyOutcome> {
  const read = readPolicy(body, forced);
  if (read.type === 'invalid') return read;
  const settings = read.policy;
  const outcome = await redactionSettings.update<never>(tenantId, clock.now(), () => ({
    type: 'change',
    settings,
  }));
  if (outcome.type === 'refused') return outcome.because;
  return { type: 'put', stored: outcome.stored };
}
