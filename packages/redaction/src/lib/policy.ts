import type { ParticipantRole } from '@earshot/domain';
import type { CustomRule } from './custom-rules.ts';
import { DEFAULT_ENTITIES, type EntityName } from './entities.ts';

/** What is masked and how. */
export interface RedactionPolicy {
  readonly entities: readonly EntityName[];
  /**
   * `balanced` masks what a cue, a checksum or a question of the call makes sensitive and leaves other numbers;
   * `strict` masks every run of three or more digits that is no amount, date or time.
   */
  readonly mode: 'strict' | 'balanced';
  /** `hash` (default): one `#` a digit or letter. `label`: the entity in brackets, `[PIN]`. */
  readonly mask?: 'hash' | 'label';
  /** Masked for every role, before anything else. Each has to pass `checkCustomRule`. */
  readonly customRules?: readonly CustomRule[];
  /** What is masked of a role instead of `entities`. What one side asks for is still expected of the other. */
  readonly roles?: Readonly<Partial<Record<ParticipantRole, readonly EntityName[]>>>;
}

/** The entities of `DEFAULT_ENTITIES`, `balanced`, masked by `#`. */
export const defaultPolicy: RedactionPolicy = { entities: DEFAULT_ENTITIES, mode: 'balanced', mask: 'hash' };
