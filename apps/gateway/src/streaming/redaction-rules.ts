import type { CallSettings } from '@earshot/domain';
import { masksNothing, policyInForce } from '@earshot/redaction';
import type { RedactionSettingsStore } from '@earshot/storage';
import { refuse, type Refusal } from './refusal.ts';

export interface RedactionRulesDeps {
  readonly redactionSettings: Pick<RedactionSettingsStore, 'get'>;
  readonly rules: { readonly forceRedaction: boolean };
}

/**
 * Redaction that would mask nothing is not what was asked for. Settings that cannot be read do not refuse a call: it
 * is masked by the strictest policy then.
 */
export async function refuseIdleRedaction(
  { redactionSettings, rules }: RedactionRulesDeps,
  tenantId: string,
  { redactionOutput }: CallSettings,
): Promise<Refusal | undefined> {
  if (redactionOutput === 'unredacted') return undefined;
  const stored = await redactionSettings.get(tenantId);
  const { policy } = policyInForce(stored, { forced: rules.forceRedaction });
  if (!masksNothing(policy)) return undefined;
  const pointer = '/autotranscribeParams/redactionOutput';
  return refuse('400-202', `${pointer} must be "unredacted": every redaction entity of this team is off`);
}
