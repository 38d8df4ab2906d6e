import type { RedactionPolicy } from '@earshot/api';
import { policyInForce } from '@earshot/redaction';
import type { StoredRedactionSettings } from '@earshot/storage';

/** The policy in force, whatever was stored of it. */
export function presentPolicy(stored: StoredRedactionSettings, forced: boolean): RedactionPolicy {
  const { mode, mask, entities, customRules } = policyInForce(stored, { forced }).policy;
  return {
    mode,
    mask,
    entities: { customer: [...entities.customer], agent: [...entities.agent] },
    customRules: customRules.map(({ name, pattern }) => ({ name, pattern })),
    forced,
    revision: stored.type === 'none' ? 0 : stored.revision,
    updatedAt: stored.type === 'stored' ? new Date(stored.updatedAtMs).toISOString() : null,
  };
}
