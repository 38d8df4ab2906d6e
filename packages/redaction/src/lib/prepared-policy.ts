import type { ParticipantRole } from '@earshot/domain';
import { compileCustomRules, type CompiledRule } from './custom-rules.ts';
import type { EntityName } from './entities.ts';
import type { RedactionPolicy } from './policy.ts';

/** A policy made ready once for all turns. */
export interface PreparedPolicy {
  readonly mode: RedactionPolicy['mode'];
  readonly mask: 'hash' | 'label';
  readonly customRules: readonly CompiledRule[];
  /** Masked of anybody: what cues are looked for, since one side asks and the other answers. */
  readonly cueEntities: ReadonlySet<EntityName>;
  /** Masked of each. */
  readonly entitiesOf: Readonly<Record<ParticipantRole, ReadonlySet<EntityName>>>;
}

/** @throws {RangeError} when a custom rule does not pass `checkCustomRule` */
export function preparePolicy({ entities, mode, mask, customRules, roles }: RedactionPolicy): PreparedPolicy {
  const entitiesOf = {
    customer: new Set(roles?.customer ?? entities),
    agent: new Set(roles?.agent ?? entities),
  };
  return {
    mode,
    mask: mask ?? 'hash',
    customRules: compileCustomRules(customRules ?? []),
    cueEntities: new Set([...entitiesOf.customer, ...entitiesOf.agent]),
    entitiesOf,
  };
}
