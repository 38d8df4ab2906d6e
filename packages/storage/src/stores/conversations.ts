/** A side of a conversation as whoever filed it named it. */
export interface ConversationParty {
  readonly externalId: string;
  readonly name?: string;
}

/** All sessions (legs) of a call, or a digital conversation that was filed, under one id. */
export interface StoredConversation {
  /** ULID. */
  readonly conversationId: string;
  readonly externalId: string;
  readonly customer: ConversationParty;
  /** Absent where nobody of the team has joined yet. */
  readonly agent?: ConversationParty;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface UpsertConversationInput {
  readonly tenantId: string;
  readonly externalId: string;
  readonly customer: ConversationParty;
  readonly agent?: ConversationParty;
  /** In place of all there was. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** For the id of one that is new. */
  readonly startedAtMs: number;
}

export interface ConversationStore {
  find(tenantId: string, conversationId: string): Promise<StoredConversation | undefined>;
  findByExternalId(tenantId: string, externalId: string): Promise<StoredConversation | undefined>;
  /** Makes the conversation or changes what is told of it; answers its id, which stays the same. */
  upsert(input: UpsertConversationInput): Promise<string>;
}
