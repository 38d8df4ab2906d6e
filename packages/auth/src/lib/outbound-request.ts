/** A request before it is sent. Strategies return a new one and leave theirs as it was. */
export interface OutboundRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OutboundAuth {
  /** @throws AppError `auth.invalid-secret` when a secret cannot stand where it is wanted. */
  apply(request: OutboundRequest): Promise<OutboundRequest>;
}
