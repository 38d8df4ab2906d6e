/** A word or a name transcription should know. */
export interface CustomVocabulary {
  readonly tenantId: string;
  /** ULID, so that the order of ids is the order of creation. */
  readonly id: string;
  /** As it should be written. */
  readonly phrase: string;
  /** How it may be heard, in ordinary spelling; may be empty. */
  readonly soundsLike: readonly string[];
  readonly createdAtMs: number;
}

export type CreateVocabularyOutcome =
  | { readonly type: 'created'; readonly vocabulary: CustomVocabulary }
  /** The tenant has this phrase already, apart from case and blanks. */
  | { readonly type: 'exists' }
  | { readonly type: 'full'; readonly countMax: number };

export interface VocabularyStore {
  /** At most `VOCABULARY_COUNT_MAX` entries a tenant, however many are created at once. */
  create(input: {
    tenantId: string;
    id: string;
    phrase: string;
    soundsLike: readonly string[];
    atMs: number;
  }): Promise<CreateVocabularyOutcome>;
  get(tenantId: string, id: string): Promise<CustomVocabulary | undefined>;
  /** All entries of the tenant, oldest first: one read at the start of a call. */
  list(tenantId: string): Promise<readonly CustomVocabulary[]>;
  /** What was removed; `undefined` when unknown. */
  delete(tenantId: string, id: string): Promise<CustomVocabulary | undefined>;
}

/** Entries a tenant may have. */
export const VOCABULARY_COUNT_MAX = 200;
