/** Text for everybody who is subscribed to the channel at that moment. */
export interface LiveMessage {
  readonly channel: string;
  readonly payload: string;
}

export interface LiveLinkEvents {
  readonly onMessage: (channel: string, payload: string) => void;
  /** Subscriptions stand, for the first time or again: what came before may be lost. */
  readonly onConnected: () => void;
  readonly onError: (error: unknown) => void;
}

/** How live events travel. Connects, and connects again, by itself. */
export interface LiveLink {
  /** Sends in order; rejects when the backend does not take them in time. */
  send(messages: readonly LiveMessage[]): Promise<void>;
  /** Resolves when messages of the channel arrive; rejects when the backend does not answer in time. */
  subscribe(channel: string): Promise<void>;
  /** Never rejects. */
  unsubscribe(channel: string): Promise<void>;
  close(): Promise<void>;
}

/** Names of channels: `control`, or a digest; PostgreSQL allows 63 characters. */
export type OpenLiveLink = (events: LiveLinkEvents) => LiveLink;

export const LIVE_TIMEOUT_MS = 2_000;
/** A connection that went away without a word is noticed after this time and a timeout. */
export const HEARTBEAT_MS = 10_000;
