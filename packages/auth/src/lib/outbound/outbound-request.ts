/** A request before it is sent. Strategies return a new one and leave theirs as it was. */
export interface OutboundRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly what is sent, since it is signed. */
  readonly body: string;
  /** Sent as `webhook-id`; the same at every attempt, without a dot. */
  readonly webhookId: string;
  /** Sent as `webhook-timestamp`: whole seconds since 1970, of this attempt. */
  readonly timestampSeconds: number;
}

/** What a socket needs of its own; as options of `tls.connect`. */
export interface TlsIdentity {
  /** PEM of the only authorities that are trusted; absent: those of the system. */
  readonly ca?: string;
  /** PEM of the client certificate and of what leads to its root. */
  readonly cert?: string;
  /** PEM of the private key of `cert`. */
  readonly key?: string;
  readonly passphrase?: string;
  readonly minVersion: 'TLSv1.2';
}

/** How requests to one endpoint authenticate: all its strategies together. */
export interface OutboundAuth {
  /** For sockets to the endpoint; undefined when it has nothing of its own. Read once, before the first socket. */
  tls(): Promise<TlsIdentity | undefined>;
  /** For sockets to the token server: as `tls`, but the authorities of the system are trusted too. */
  tokenTls(): Promise<TlsIdentity | undefined>;
  /**
   * A token that is asked for meanwhile is kept for the next, also when `signal` ends the wait for it.
   *
   * @throws AppError `auth.invalid-secret` when a secret cannot stand where it is wanted
   * @throws TokenError when no access token can be had
   * @throws the reason of `signal`
   */
  apply(request: OutboundRequest, signal?: AbortSignal): Promise<OutboundRequest>;
  /**
   * The endpoint answered 401: forgets what can be had anew. True when one more attempt may help. With the request
   * that was refused, a token that has taken the place of the refused one meanwhile is left alone.
   */
  renew(refused?: OutboundRequest): Promise<boolean>;
}
