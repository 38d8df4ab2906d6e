import type { ParticipantRole } from '@earshot/domain';
import type { LeaseKey } from './calls.ts';
import type { MessageFinding } from './raw-text.ts';

/**
 * `recording`: the call runs. `finishing`: it is over, the file is not there yet. `failed`: there will be no file, see
 * `problem`. `erasing`: about to be deleted, nothing of it is given to anybody.
 */
export type RecordingState = 'recording' | 'finishing' | 'ready' | 'failed' | 'erasing';

/** Audio that was not kept, ms on the clock of the session; `toMs` is exclusive. */
export interface RecordingHole {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The finished file. */
export interface RecordingFile {
  readonly objectKey: string;
  readonly byteCount: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Both sides of one session, redacted. */
export interface Recording {
  readonly tenantId: string;
  readonly sessionId: string;
  readonly conversationId: string;
  readonly state: RecordingState;
  /** Instant of 0 ms by the clock of the media. */
  readonly startedAtMs: number;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | undefined;
  /** What is stored so far, holes included. */
  readonly durationMs: number;
  /** In order and apart. */
  readonly holes: readonly RecordingHole[];
  /** Present when `ready`. */
  readonly file: RecordingFile | undefined;
  /** `area.reason`, of one that failed. */
  readonly problem: string | undefined;
}

/** A recording with its place in the conversation. */
export interface RecordingLeg extends Recording {
  /** Ordinal of the session: 1, 2, 3 ... */
  readonly leg: number;
  /** BCP 47 tag. */
  readonly language: string;
}

/** Clusters of a stretch of a session that rest in the object store, muted. */
export interface RecordingPart {
  readonly fromMs: number;
  readonly toMs: number;
  readonly objectKey: string;
  readonly byteCount: number;
  /** Before it or within it, after the part before. Other time that no part covers is silence of the media. */
  readonly holes: readonly RecordingHole[];
}

/** A message of a session as it is said in its recording. */
export interface RecordedMessage {
  readonly messageId: string;
  readonly role: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
  /** Redacted. */
  readonly text: string;
  /** `undefined`: nothing is known of what was masked. */
  readonly findings: readonly MessageFinding[] | undefined;
}

/**
 * `saved` with the part that is stored at that place: an earlier try may have stored another one. `fenced`: another worker
 * has the session. `refused`: the recording is being finished or erased.
 */
export type AddPartOutcome =
  | { readonly type: 'saved'; readonly part: RecordingPart }
  | { readonly type: 'fenced' }
  | { readonly type: 'refused' };

/** The right to finish a recording, until the lease runs out or another one has a higher epoch. */
export interface FinishClaim {
  readonly recording: RecordingLeg;
  readonly guid: string;
  readonly epoch: number;
  /** 1 for the first try. */
  readonly tries: number;
}

export type FinishResult =
  | {
      readonly type: 'ready';
      readonly file: RecordingFile;
      readonly durationMs: number;
      readonly holes: readonly RecordingHole[];
    }
  | { readonly type: 'failed'; readonly problem: string }
  /** Another try, not before so long. */
  | { readonly type: 'again'; readonly delayMs: number };

interface SessionKey {
  readonly tenantId: string;
  readonly sessionId: string;
}

export interface RecordingStore {
  /** Records a part whose object is stored, under the lease of the call; the first one begins the recording. */
  addPart(lease: LeaseKey, part: RecordingPart, startedAtMs: number): Promise<AddPartOutcome>;
  /**
   * No part comes any more: what there is may be finished at once. Without a recording nothing happens.
   *
   * @param lost audio after the last part that could not be stored
   */
  close(lease: LeaseKey, lost?: RecordingHole): Promise<void>;
  /** What is stored of a session; `undefined` where nothing is. */
  find(key: SessionKey): Promise<Recording | undefined>;
  /** In order. */
  listParts(key: SessionKey): Promise<readonly RecordingPart[]>;
  /** Messages of a session that end at or after an instant of it, in the order they begin, at most 20,000. */
  listMessages(
    query: SessionKey & { readonly conversationId: string; readonly endsFromMs: number },
  ): Promise<readonly RecordedMessage[]>;
  /**
   * Claims a recording whose session is over and that nobody finishes. One that was never closed is taken `unclosedMs`
   * after the end of its session. Leases run by the clock of the database.
   */
  claimUnfinished(limits: {
    readonly leaseMs: number;
    readonly unclosedMs: number;
  }): Promise<FinishClaim | undefined>;
  /** `false` when the claim was lost, or the recording erased: delete what was made for it. */
  finish(claim: FinishClaim, result: FinishResult, atMs: number): Promise<boolean>;
  /** `false` when the claim was lost. */
  extend(claim: FinishClaim, leaseMs: number): Promise<boolean>;
  /** Finished files whose parts are still there a minute later: whoever finished them is gone. */
  listLeftOver(limit: number): Promise<readonly Recording[]>;
  /** Drops the rows of parts whose objects are deleted. */
  forgetParts(key: SessionKey): Promise<void>;
  /** Recordings of a conversation by leg, without those that are being erased. */
  listByConversation(tenantId: string, conversationId: string): Promise<readonly RecordingLeg[]>;
}
