import { mediaTrouble, type CallMediaEvent } from '@earshot/connect-media';
import {
  PARTICIPANT_ROLES,
  type MediaHoles,
  type MediaReport,
  type MediaReportTrouble,
  type ParticipantRole,
} from '@earshot/domain';
import type { Logger } from '@earshot/telemetry';
import type { MediaCounts } from './call-audio.ts';
import { countMedia, type IngestMetrics } from './ingest-metrics.ts';
import { NO_HOLES } from './media-holes.ts';

export interface MediaNotesDeps {
  readonly clock: { now(): number };
  /** Of the session. */
  readonly logger: Logger;
  readonly metrics: IngestMetrics;
}

const NO_HOLES_AT_ALL = { customer: NO_HOLES, agent: NO_HOLES };

const EMPTY_REPORT: MediaReport = {
  version: 1,
  rolesSeen: [],
  fragmentCount: 0,
  duplicateFragmentCount: 0,
  damageCount: 0,
  filled: NO_HOLES_AT_ALL,
  gaps: NO_HOLES_AT_ALL,
  reconnects: {},
  takeOverCount: 0,
};

/**
 * Keeps what one session's media was like, for the call status, the log and the metrics. Goes on from the report that
 * the worker before saved: what belongs to connections is added to it; what belongs to positions in the media comes
 * with the checkpoint and, while that is being caught up with, never falls behind it.
 */
export class MediaNotes {
  readonly #deps: MediaNotesDeps;
  readonly #warned = new Set<string>();
  #report: MediaReport;
  #changed: boolean;

  /** @param leaseEpoch 1 for the first worker of the session */
  constructor(deps: MediaNotesDeps, saved: MediaReport | undefined, leaseEpoch: number) {
    this.#deps = deps;
    this.#report = { ...(saved ?? EMPTY_REPORT), takeOverCount: leaseEpoch - 1 };
    this.#changed = leaseEpoch > 1;
  }

  /** Whether there is something that has not been told by `report` yet. */
  get changed(): boolean {
    return this.#changed;
  }

  take(event: CallMediaEvent): void {
    switch (event.type) {
      case 'fragment':
        this.#see(event.roles);
        break;
      case 'fragmentEnd':
        this.#endFragment(event.fragmentNumber, event.millisBehindNow);
        break;
      case 'duplicate':
        this.#change({ duplicateFragmentCount: this.#report.duplicateFragmentCount + 1 });
        this.#deps.metrics.duplicateFragments.add();
        break;
      case 'reconnected':
        this.#reconnect(event);
        break;
      case 'retrying':
        this.#trouble(event.code, { failingForMs: event.failingForMs });
        break;
      case 'problem':
        this.#trouble(event.code);
        break;
      case 'audio':
      case 'contact':
      case 'idle':
      case 'end':
    }
  }

  /** That the local engine heard an utterance in place of the chosen one. */
  countFallback(engine: string, lastReason: string): void {
    const count = (this.#report.engineFallback?.count ?? 0) + 1;
    this.#change({ engineFallback: { count, lastReason } });
    if (this.#warned.has(lastReason)) return;
    this.#warned.add(lastReason);
    this.#deps.logger.warn('speech.fell-back', { engine, reason: lastReason });
  }

  /** What ended the session badly. */
  fail(trouble: Omit<MediaReportTrouble, 'atMs'>): MediaReport {
    this.#change({ lastTrouble: { ...trouble, atMs: this.#deps.clock.now() } });
    return this.#report;
  }

  /** All there is to tell now. */
  report(counts: MediaCounts): MediaReport {
    const before = this.#report;
    this.#report = {
      ...before,
      fragmentCount: Math.max(before.fragmentCount, counts.fragmentCount),
      damageCount: Math.max(before.damageCount, counts.damageCount),
      filled: grownBySide(before.filled, counts.filled),
      gaps: grownBySide(before.gaps, counts.gaps),
    };
    this.#changed = false;
    countMedia(this.#deps.metrics, before, this.#report);
    return this.#report;
  }

  #see(roles: readonly ParticipantRole[]): void {
    const known = this.#report.rolesSeen;
    if (roles.every((role) => known.includes(role))) return;
    this.#change({
      rolesSeen: PARTICIPANT_ROLES.filter((role) => known.includes(role) || roles.includes(role)),
    });
  }

  #endFragment(lastFragmentNumber: string, behindNowMs: number | undefined): void {
    const lastFragmentAtMs = this.#deps.clock.now();
    this.#change({ lastFragmentNumber, lastFragmentAtMs });
    if (behindNowMs === undefined) return;
    this.#change({ behindNowMs });
    this.#deps.metrics.lagSeconds.observe(behindNowMs / 1000);
  }

  #reconnect({ reason, attempt, code }: Extract<CallMediaEvent, { type: 'reconnected' }>): void {
    const { reconnects } = this.#report;
    this.#change({ reconnects: { ...reconnects, [reason]: (reconnects[reason] ?? 0) + 1 } });
    this.#deps.metrics.reconnects.add(1, { reason });
    this.#deps.logger.info('media.reconnected', { reason, attempt, ...(code === undefined ? {} : { code }) });
    if (code !== undefined) this.#trouble(code);
  }

  #trouble(code: string, more: { readonly failingForMs?: number } = {}): void {
    const known = mediaTrouble(code);
    if (known === undefined) return;
    this.#change({ lastTrouble: { code, ...known, atMs: this.#deps.clock.now() } });
    if (this.#warned.has(code)) return;
    this.#warned.add(code);
    this.#deps.logger.warn('media.problem', { code, ...known, ...more });
  }

  #change(change: Partial<MediaReport>): void {
    this.#report = { ...this.#report, ...change };
    this.#changed = true;
  }
}

type BySide = Readonly<Record<ParticipantRole, MediaHoles>>;

function grownBySide(before: BySide, now: BySide): BySide {
  return { customer: grown(before.customer, now.customer), agent: grown(before.agent, now.agent) };
}

function grown(before: MediaHoles, now: MediaHoles): MediaHoles {
  return {
    count: Math.max(before.count, now.count),
    totalMs: Math.max(before.totalMs, Math.round(now.totalMs)),
    longestMs: Math.max(before.longestMs, Math.round(now.longestMs)),
  };
}
