import type { Problem, PutRedactionPolicyBody } from '@earshot/api';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import {
  checkCustomRule,
  defaultTenantPolicy,
  ENTITY_NAMES,
  readEntityName,
  rolesWithoutEntities,
  strictestTenantPolicy,
  type EntityName,
  type TenantPolicy,
} from '@earshot/redaction';

export type ReadPolicyOutcome =
  | { readonly type: 'policy'; readonly policy: TenantPolicy }
  | { readonly type: 'invalid'; readonly problems: readonly Problem[] };

/** Turns a body that passed `validatePutRedactionPolicyBody` into a policy, with our names for entities. */
export function readPolicy(body: PutRedactionPolicyBody, forced: boolean): ReadPolicyOutcome {
  const problems: Problem[] = [];
  const { mode, mask = 'hash', customRules = [] } = body;
  const entities = {
    customer: readEntities(body, 'customer', problems),
    agent: readEntities(body, 'agent', problems),
  };
  for (const [index, rule] of customRules.entries()) {
    const checked = checkCustomRule(rule);
    if (!checked.ok)
      problems.push({ pointer: `/customRules/${index}`, message: asPredicate(checked.problem) });
  }
  const policy = { mode, mask, entities, customRules };
  if (forced && problems.length === 0) problems.push(...switchedOff(policy));
  return problems.length > 0 ? { type: 'invalid', problems } : { type: 'policy', policy };
}

/** In our order, each once. */
function readEntities(
  { mode, entities }: PutRedactionPolicyBody,
  role: ParticipantRole,
  problems: Problem[],
): readonly EntityName[] {
  if (entities === undefined) {
    return (mode === 'strict' ? strictestTenantPolicy : defaultTenantPolicy).entities[role];
  }
  const names = entities[role].map((text, index) => {
    const name = readEntityName(text);
    if (name === undefined) {
      const message = `must be one of ${ENTITY_NAMES.join(', ')}`;
      problems.push({ pointer: `/entities/${role}/${index}`, message });
    }
    return name;
  });
  return ENTITY_NAMES.filter((name) => names.includes(name));
}

function switchedOff(policy: TenantPolicy): readonly Problem[] {
  const off = rolesWithoutEntities(policy);
  return PARTICIPANT_ROLES.filter((role) => off.includes(role)).map((role) => ({
    pointer: `/entities/${role}`,
    message: 'must name at least one entity: this deployment always redacts',
  }));
}

/** `Pattern is ...` reads on after its pointer as `/customRules/0 pattern is ...`. */
function asPredicate(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
