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

export interface ConversationStore {
  find(tenantId: string, conversationId: string): Promise<StoredConversation | undefined>;
  findByExternalId(tenantId: string, externalId: string): Promise<StoredConversation | undefined>;
}
