import {
  ENTITY_NAMES,
  policyInForce,
  rolesWithoutEntities,
  type EntityName,
  type TenantPolicy,
} from '@earshot/redaction';
import type { RedactionDeps } from './redaction-deps.ts';

export type SwitchEntityOutcome =
  | { readonly type: 'switched'; readonly policy: TenantPolicy }
  /** The deployment always redacts, and a participant would be left without an entity. */
  | { readonly type: 'last-one' };

/** Switches one entity for both participants and leaves the rest of the policy as it is. */
export async function switchEntity(
  { redactionSettings, forced, clock }: RedactionDeps,
  tenantId: string,
  { entity, on }: { readonly entity: EntityName; readonly on: boolean },
): Promise<SwitchEntityOutcome> {
  const outcome = await redactionSettings.update<'last-one'>(tenantId, clock.now(), (current) => {
    const { policy } = policyInForce(current, { forced });
    const switched = (names: readonly EntityName[]): readonly EntityName[] =>
      ENTITY_NAMES.filter((name) => (name === entity ? on : names.includes(name)));
    const { customer, agent } = policy.entities;
    const settings = { ...policy, entities: { customer: switched(customer), agent: switched(agent) } };
    if (forced && rolesWithoutEntities(settings).length > 0) return { type: 'refuse', because: 'last-one' };
    return { type: 'change', settings };
  });
  if (outcome.type === 'refused') return { type: outcome.because };
  return { type: 'switched', policy: policyInForce(outcome.stored, { forced }).policy };
}
