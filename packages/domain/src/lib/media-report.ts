import type { ParticipantRole } from './participant.ts';

/** Missing media of one kind: holes by the media's own clock. */
export interface MediaHoles {
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

/** How often another engine answered than the one chosen, and why. */
export interface EngineFallback {
  readonly count: number;
  /** Code of the last failure; holds nothing that was said. */
  readonly lastReason: string;
}

/** What went wrong last, with what to do about it; fixed texts by code, never words of the call. */
export interface MediaReportTrouble {
  /** `area.reason` */
  readonly code: string;
  readonly cause: string;
  readonly remedy: string;
  readonly atMs: number;
}

/**
 * What the media of one session was like so far, over all its connections and workers: what an operator asks when a
 * transcript looks thin. JSON-safe; counts only ever grow.
 */
export interface MediaReport {
  readonly version: 1;
  /** Sides that had a track. */
  readonly rolesSeen: readonly ParticipantRole[];
  /** Fragments of this contact heard to their end. */
  readonly fragmentCount: number;
  /** Fragments that came again after they had been heard, and were dropped. */
  readonly duplicateFragmentCount: number;
  /** Places where the Matroska data could not be read. */
  readonly damageCount: number;
  /** Holes filled with silence, per side. */
  readonly filled: Readonly<Record<ParticipantRole, MediaHoles>>;
  /** Holes too long to fill: the clock jumped, per side. */
  readonly gaps: Readonly<Record<ParticipantRole, MediaHoles>>;
  /** Connections opened again, by `ReconnectReason`. */
  readonly reconnects: Readonly<Record<string, number>>;
  /** Workers that went on with the session after another. */
  readonly takeOverCount: number;
  /** How far the last fragment was behind the newest of the stream, as the service told it. */
  readonly behindNowMs?: number;
  /** When the last fragment ended, by this machine's clock. */
  readonly lastFragmentAtMs?: number;
  readonly lastFragmentNumber?: string;
  readonly lastTrouble?: MediaReportTrouble;
  /** Utterances that the local engine heard in place of the chosen one; told and restored with all else. */
  readonly engineFallback?: EngineFallback;
}
