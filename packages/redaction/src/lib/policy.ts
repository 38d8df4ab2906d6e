/** What can be found. `EntityName`s of the configuration API that are not here yet are not detected yet. */
export const ENTITY_NAMES = ['CREDIT_CARD_NUMBER', 'CVV', 'PIN', 'PASSWORD', 'SSN'] as const;

export type EntityName = (typeof ENTITY_NAMES)[number];

/** On unless a tenant says otherwise. */
export const DEFAULT_ENTITIES: readonly EntityName[] = ENTITY_NAMES;

export interface RedactionPolicy {
  readonly entities: readonly EntityName[];
  /**
   * `balanced` masks what a cue, a checksum or a question of the call makes sensitive and leaves other numbers;
   * `strict` masks every run of three or more digits that is no amount, date or time.
   */
  readonly mode: 'strict' | 'balanced';
  /** `hash` (default): one `#` a digit or letter. `label`: the entity in brackets, `[PIN]`. */
  readonly mask?: 'hash' | 'label';
}

export const defaultPolicy: RedactionPolicy = { entities: DEFAULT_ENTITIES, mode: 'balanced', mask: 'hash' };
