import type { ParticipantRole } from '@earshot/domain';

/** Fragments of one stream by their ordinal: counted from 0 since the stream was made, whoever produced them. */
export type FragmentSelection =
  | { readonly ordinals: readonly number[] }
  /** Every `every`-th, beginning with `offset` (default 0). */
  | { readonly every: number; readonly offset?: number };

/** A request is refused before anything is read. */
export interface RefuseFault {
  readonly kind: 'refuse';
  /** Default GetMedia. */
  readonly operation?: 'GetMedia' | 'GetDataEndpoint' | 'ListFragments' | 'GetMediaForFragmentList';
  readonly error:
    | 'not-found'
    | 'connection-limit'
    | 'throttled'
    | 'access-denied'
    | 'expired-token'
    | 'invalid-endpoint'
    | 'server-error'
    /** The socket is closed without an answer. */
    | 'no-answer';
  /** Requests struck; default 1. */
  readonly times?: number;
}

/**
 * What happens to the body of a GetMedia response; counted over the response, after every other fault.
 * `times`: responses struck, over all connections of the stream; default 1, for `session-end` every one.
 */
export type BodyFault =
  /** The connection breaks after that many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number; readonly times?: number }
  /** The body ends in order after that many bytes, also within an element. */
  | { readonly kind: 'end'; readonly afterBytes: number; readonly times?: number }
  /** The body ends in order after that many whole fragments: the 45 minutes of a session, scaled. */
  | { readonly kind: 'session-end'; readonly afterFragments: number; readonly times?: number }
  /** Nothing comes for `forMs` after that many bytes, then it goes on. */
  | { readonly kind: 'stall'; readonly afterBytes: number; readonly forMs: number; readonly times?: number }
  /** Written to the socket in pieces of that many bytes. */
  | { readonly kind: 'chunks'; readonly bytes: number }
  /** After that many whole fragments an error document comes and the body ends. */
  | {
      readonly kind: 'error-document';
      readonly afterFragments: number;
      readonly errorId: string;
      readonly errorCode: string;
      readonly times?: number;
    }
  /** A new response begins with up to that many fragments before the ones asked for; they do not count as sent fragments. */
  | { readonly kind: 'repeat-on-reconnect'; readonly fragments: number };

/** What readers are given in place of a fragment as it was produced. */
export type FragmentFault = { readonly fragments: FragmentSelection } &
  /** Not stored at all: number and time jump. */
  (
    | { readonly kind: 'missing' }
    /** Another contact's. */
    | { readonly kind: 'foreign-contact'; readonly contactId: string }
    /** Without ContactId and the other tags of the producer, before and behind the Cluster. */
    | { readonly kind: 'no-identity' }
    /** Track numbers the other way round, names as they were. */
    | { readonly kind: 'swap-tracks' }
    /** Only that side has a track and blocks. */
    | { readonly kind: 'one-track'; readonly role: ParticipantRole }
    /** Blocks split at this many bytes, each piece at the time of its first sample, rounded to 1 ms: the same PCM. */
    | { readonly kind: 'short-blocks'; readonly bytes: number }
    /** SERVER_TIMESTAMP is off by that much, in media, lists and selectors. */
    | { readonly kind: 'clock-skew'; readonly serverAheadMs: number }
    /** One more tag whose value is not UTF-8. */
    | { readonly kind: 'broken-tag' }
    /** Written in another way that means the same. */
    | {
        readonly kind: 'encoding';
        readonly void?: true;
        readonly crc32?: true;
        readonly eightByteSizes?: true;
        readonly knownSizes?: true;
        readonly blockGroups?: true;
      }
    /**
     * Bytes of its Cluster (default 400) are overwritten at random or left out, or the first twelve of its document zeroed.
     * The same bytes for the same ordinal and `seed` (default 0), in every answer and every run.
     */
    | {
        readonly kind: 'damage';
        readonly how: 'random' | 'missing' | 'zeroed-header';
        readonly bytes?: number;
        readonly seed?: number;
      }
  );

export type Fault = RefuseFault | BodyFault | FragmentFault;

/** What is to happen to one stream; replaces the plan before it. */
export interface FaultPlan {
  /** `*`: every stream without a plan of its own, also those made later. */
  readonly streamName: string;
  readonly faults: readonly Fault[];
}
