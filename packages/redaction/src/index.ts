export {
  DEFAULT_ENTITIES,
  defaultPolicy,
  ENTITY_NAMES,
  type EntityName,
  type RedactionPolicy,
} from './lib/policy.ts';
export {
  createRedactor,
  type ConversationTurn,
  type Finding,
  type RedactionResult,
  type Redactor,
} from './lib/redactor.ts';
export { parseState, serializeState, type RedactionState } from './lib/state.ts';
export { type RedactionRule } from './lib/verdict.ts';
export {
  WrittenConversation,
  type WrittenConversationOptions,
  type WrittenTurn,
} from './lib/written-conversation.ts';
