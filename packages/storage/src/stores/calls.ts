import type {
  CallSettings,
  EndedReason,
  MediaLocation,
  MediaReport,
  ParticipantRole,
  TranscriptMessage,
} from '@earshot/domain';
import type { CallSession, SessionTrouble } from './call-session.ts';
import type { MessageFinding, WebhookBody } from './raw-text.ts';

export interface StartSessionInput {
  readonly tenantId: string;
  readonly appId: string;
  readonly guid: string;
  readonly customerExternalId: string;
  readonly agentExternalId: string;
  readonly settings: CallSettings;
  readonly media: MediaLocation;
  readonly acceptedAtMs: number;
}

/** `running` is 409-201, `pending` (another request on the guid is in progress) is 409-202. */
export type StartSessionOutcome =
  | { readonly type: 'started'; readonly session: CallSession }
  | { readonly type: 'running' }
  | { readonly type: 'pending' };

/**
 * `ended` is the first stop of a session that ended by itself: answered 200 with its summary.
 * `unknown` is 400-203, `stopped` 409-201, `pending` 409-202.
 */
export type RequestStopOutcome =
  | { readonly type: 'stopping'; readonly session: CallSession }
  | { readonly type: 'ended'; readonly session: CallSession }
  | { readonly type: 'unknown' }
  | { readonly type: 'stopped' }
  | { readonly type: 'pending' };

/** A session as one worker holds it: another lease of it has a higher epoch, and fences this one off. */
export interface LeaseKey {
  readonly tenantId: string;
  readonly sessionId: string;
  readonly leaseEpoch: number;
}

/** What a live session has to know from outside; `fenced`: another worker took it over, or it has ended. */
export type LeaseControl =
  { readonly type: 'held'; readonly stopAtMs: number | undefined } | { readonly type: 'fenced' };

/** A session under a worker's lease. Every write of the worker carries `leaseEpoch`. */
export interface LeasedSession {
  readonly session: CallSession;
  readonly leaseEpoch: number;
  /** What the last worker saved; JSON, opaque to storage. `undefined` on the first lease. */
  readonly checkpoint: unknown;
  /** Sealed redaction state of the conversation, if any speech came within its lifetime. */
  readonly redactionState: Uint8Array | undefined;
}

/** Figures that only ever grow, saved with progress and at the end. */
export interface StreamProgress {
  readonly role: ParticipantRole;
  readonly audioBytes: number;
}

export interface CommitUtteranceInput extends LeaseKey {
  /** Of the session. */
  readonly conversationId: string;
  readonly message: TranscriptMessage;
  /** The value of `committedThroughSample` this worker believes in, and the one it becomes. */
  readonly fromSample: number;
  readonly throughSample: number;
  readonly redactionState: Uint8Array | undefined;
  /** What was masked in the text of the message. Absent: nothing is known of it. */
  readonly findings?: readonly MessageFinding[];
  /** The text without masks, sealed; only of calls that asked for it. */
  readonly unredactedSealed?: Uint8Array;
  /** Body of the webhook; becomes one delivery for each enabled endpoint of the session's app. */
  readonly webhookBody: WebhookBody;
}

/** A lane that got a new delivery and that nobody holds: the caller adds its job after the commit. */
export interface LaneKey {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly conversationId: string;
}

/**
 * `already-done`: the samples were committed before (by this worker before a crash or by another).
 * `fenced`: another worker holds the session; this one must stop at once and write nothing more.
 */
export type CommitOutcome =
  | { readonly type: 'committed'; readonly lanesToWake: readonly LaneKey[] }
  | { readonly type: 'already-done' }
  | { readonly type: 'fenced' };

export interface SaveProgressInput extends LeaseKey {
  /** Advances `committedThroughSample` of a role over audio that held no speech. */
  readonly advance: readonly { role: ParticipantRole; fromSample: number; throughSample: number }[];
  readonly progress: readonly StreamProgress[];
  readonly contactId: string | undefined;
  readonly checkpoint: unknown;
  /** Absent: the one that is stored stays. */
  readonly mediaReport: MediaReport | undefined;
}

export interface SaveMediaReportInput extends LeaseKey {
  readonly mediaReport: MediaReport;
}

export interface EndSessionInput extends LeaseKey {
  readonly reason: EndedReason;
  readonly trouble: SessionTrouble | undefined;
  readonly endedAtMs: number;
  readonly progress: readonly StreamProgress[];
  /** Absent: the one that is stored stays. */
  readonly mediaReport: MediaReport | undefined;
}

export interface CallStore {
  /**
   * Records a start durably: conversation (insert or reopen, agent and customer ids updated), session,
   * two streams with fresh UUIDs, all in one transaction under `pg_try_advisory_xact_lock(tenant, guid)`.
   */
  startSession(input: StartSessionInput): Promise<StartSessionOutcome>;

  /** Sets `stop_at`, moves the session to `stopping` and notifies workers; see `RequestStopOutcome`. */
  requestStop(input: { tenantId: string; guid: string; stopAtMs: number }): Promise<RequestStopOutcome>;

  /** Marks the stop of this session as answered, so that the next stop is `stopped` and a start is allowed. */
  markStopAnswered(input: { tenantId: string; sessionId: string; answeredAtMs: number }): Promise<void>;

  getSession(tenantId: string, sessionId: string): Promise<CallSession | undefined>;

  /** All sessions of a conversation, by ordinal; `undefined` when the guid is unknown to the tenant. */
  getCall(
    tenantId: string,
    guid: string,
  ): Promise<{ conversationId: string; sessions: readonly CallSession[] } | undefined>;

  /** Takes the session over: increments the epoch and answers what is saved. `undefined` when it is unknown or has ended. */
  lease(tenantId: string, sessionId: string): Promise<LeasedSession | undefined>;

  /** What these sessions have to know, in the order asked; one statement however many they are. */
  readControls(leases: readonly LeaseKey[]): Promise<readonly LeaseControl[]>;

  /**
   * The commit fence: in one transaction advances `committed_through_sample` from the believed value under this
   * epoch, then inserts message, lane sequences, deliveries and redaction state. Utterances of other calls that
   * come while a commit is under way share the next statement.
   */
  commitUtterance(input: CommitUtteranceInput): Promise<CommitOutcome>;

  /**
   * Saves where a session stands. Sessions that save within the same few milliseconds share one statement, so
   * this is cheap for hundreds of them and answers up to 50 ms later than a statement takes.
   */
  saveProgress(input: SaveProgressInput): Promise<'saved' | 'fenced'>;

  /** Saves what the media was like, and nothing else: for a session that gets none. Shares statements as well. */
  saveMediaReport(input: SaveMediaReportInput): Promise<'saved' | 'fenced'>;

  /** Ends the session and notifies whoever waits for it. A second call under the same epoch changes nothing. */
  endSession(input: EndSessionInput): Promise<'ended' | 'fenced'>;

  /** Sessions not ended that have not been leased (or whose job was lost) since `olderThanMs`: for the sweeper. */
  listUnclaimed(input: {
    acceptedBeforeMs: number;
    limit: number;
  }): Promise<readonly { tenantId: string; sessionId: string }[]>;

  /**
   * Deletes sealed redaction states of conversations in which nobody has spoken for 60 s; answers the count. For the
   * sweeper: a live session drops its own with `saveProgress`, one that ended leaves it for a resumed one.
   */
  dropStaleRedactionStates(): Promise<number>;
}
