import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { checkCustomRule, type CustomRule } from './custom-rules.ts';
import { DEFAULT_ENTITIES, ENTITY_NAMES, type EntityName } from './entities.ts';
import type { RedactionPolicy } from './policy.ts';

/** What a team has chosen to be masked. */
export interface TenantPolicy {
  /** `custom` judges as `balanced` does; it is the name of a policy that takes nothing from the defaults. */
  readonly mode: 'strict' | 'balanced' | 'custom';
  readonly mask: 'hash' | 'label';
  readonly entities: Readonly<Record<ParticipantRole, readonly EntityName[]>>;
  readonly customRules: readonly CustomRule[];
}

/** A policy as it was kept: its shape is sure, its words are not. */
export interface KeptPolicy {
  readonly mode: TenantPolicy['mode'];
  readonly mask: TenantPolicy['mask'];
  readonly entities: Readonly<Record<ParticipantRole, readonly string[]>>;
  readonly customRules: readonly CustomRule[];
}

/** What the store has of a team: nothing yet, its choice, or something that could not be read. */
export type KeptState =
  | { readonly type: 'none' }
  | { readonly type: 'stored'; readonly settings: KeptPolicy }
  | { readonly type: 'unreadable' };

/** What a call is redacted by, and why. */
export interface PolicyInForce {
  readonly policy: TenantPolicy;
  /** `kept-unreadable`: what was kept cannot be understood, so that everything is masked. */
  readonly from: 'defaults' | 'kept' | 'kept-unreadable';
}

const both = (entities: readonly EntityName[]): TenantPolicy['entities'] => ({
  customer: entities,
  agent: entities,
});

/** Of a team that never chose. */
export const defaultTenantPolicy: TenantPolicy = {
  mode: 'balanced',
  mask: 'hash',
  entities: both(DEFAULT_ENTITIES),
  customRules: [],
};

/** Where it is not known what a team has chosen. */
export const strictestTenantPolicy: TenantPolicy = {
  mode: 'strict',
  mask: 'hash',
  entities: both(ENTITY_NAMES),
  customRules: [],
};

/**
 * @param options.forced the deployment always redacts: a participant for whom everything is off gets the defaults
 */
export function policyInForce(kept: KeptState, { forced }: { readonly forced: boolean }): PolicyInForce {
  if (kept.type === 'none') return { policy: defaultTenantPolicy, from: 'defaults' };
  const policy = kept.type === 'stored' ? readKept(kept.settings) : undefined;
  if (policy === undefined) return { policy: strictestTenantPolicy, from: 'kept-unreadable' };
  return { policy: forced ? withDefaultsWhereOff(policy) : policy, from: 'kept' };
}

/** Participants of whom no entity is masked. */
export function rolesWithoutEntities({ entities }: TenantPolicy): readonly ParticipantRole[] {
  return PARTICIPANT_ROLES.filter((role) => entities[role].length === 0);
}

/** Whether redaction by this policy would leave every text as it is. */
export function masksNothing(policy: TenantPolicy): boolean {
  return policy.customRules.length === 0 && rolesWithoutEntities(policy).length === PARTICIPANT_ROLES.length;
}

/** For `createRedactor`. */
export function toRedactionPolicy({ mode, mask, entities, customRules }: TenantPolicy): RedactionPolicy {
  const either = ENTITY_NAMES.filter((name) =>
    PARTICIPANT_ROLES.some((role) => entities[role].includes(name)),
  );
  return {
    entities: either,
    roles: entities,
    mode: mode === 'strict' ? 'strict' : 'balanced',
    mask,
    customRules,
  };
}

function readKept({ mode, mask, entities, customRules }: KeptPolicy): TenantPolicy | undefined {
  const customer = readNames(entities.customer);
  const agent = readNames(entities.agent);
  if (customer === undefined || agent === undefined) return undefined;
  if (!customRules.every((rule) => checkCustomRule(rule).ok)) return undefined;
  return { mode, mask, entities: { customer, agent }, customRules };
}

/** A name that is not known may be what the team cares about most, so that one makes all unreadable. */
function readNames(names: readonly string[]): readonly EntityName[] | undefined {
  const known = ENTITY_NAMES.filter((name) => names.includes(name));
  return known.length === new Set(names).size ? known : undefined;
}

function withDefaultsWhereOff(policy: TenantPolicy): TenantPolicy {
  const { customer, agent } = policy.entities;
  const orDefault = (names: readonly EntityName[]) => (names.length === 0 ? DEFAULT_ENTITIES : names);
  return { ...policy, entities: { customer: orDefault(customer), agent: orDefault(agent) } };
}
