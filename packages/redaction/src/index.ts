export { checkCustomRule, type CustomRule, type CustomRuleCheck } from './lib/custom-rules.ts';
export { DEFAULT_ENTITIES, ENTITY_NAMES, readEntityName, type EntityName } from './lib/entities.ts';
export { type Finding } from './lib/finding.ts';
export { findingTimes, type MuteInterval } from './lib/finding-times.ts';
export { createPartialRedactor, type PartialRedactor } from './lib/partial-redactor.ts';
export { defaultPolicy, type RedactionPolicy } from './lib/policy.ts';
export {
  createRedactor,
  type ConversationTurn,
  type RedactionResult,
  type Redactor,
} from './lib/redactor.ts';
export { parseState, serializeState, type RedactionState } from './lib/state.ts';
export {
  defaultTenantPolicy,
  masksNothing,
  policyInForce,
  rolesWithoutEntities,
  strictestTenantPolicy,
  toRedactionPolicy,
  type KeptPolicy,
  type KeptState,
  type PolicyInForce,
  type TenantPolicy,
} from './lib/tenant-policy.ts';
export { type RedactionRule } from './lib/verdict.ts';
export {
  WrittenConversation,
  type WrittenConversationOptions,
  type WrittenTurn,
} from './lib/written-conversation.ts';
