import type { MediaReport, ParticipantRole } from '@earshot/domain';
import type { CallStore, CommitUtteranceInput, LeasedSession } from '@earshot/storage';
import { lease } from './call-world.ts';

/** One session that several workers lease in turn, under the rules of the store. */
export interface SharedSession {
  readonly commits: CommitUtteranceInput[];
  readonly calls: Pick<CallStore, 'commitUtterance' | 'saveProgress' | 'saveMediaReport'>;
  readonly leaseEpoch: number;
  readonly mediaReport: MediaReport | undefined;
  /** From now on writes of earlier leases are fenced off. */
  take(): LeasedSession;
}

export function createSharedSession(): SharedSession {
  const commits: CommitUtteranceInput[] = [];
  const committed: Record<ParticipantRole, number> = { customer: 0, agent: 0 };
  let checkpoint: unknown;
  let mediaReport: MediaReport | undefined;
  let leaseEpoch = 0;
  return {
    commits,
    get leaseEpoch() {
      return leaseEpoch;
    },
    get mediaReport() {
      return mediaReport;
    },
    take() {
      leaseEpoch += 1;
      const leased = lease(checkpoint, committed);
      return { ...leased, leaseEpoch, session: { ...leased.session, mediaReport } };
    },
    calls: {
      async commitUtterance(input) {
        if (input.leaseEpoch !== leaseEpoch) return { type: 'fenced' };
        const { role } = input.message;
        if (committed[role] !== input.fromSample) return { type: 'already-done' };
        committed[role] = input.throughSample;
        commits.push(input);
        return { type: 'committed', lanesToWake: [] };
      },
      async saveProgress(input) {
        if (input.leaseEpoch !== leaseEpoch) return 'fenced';
        checkpoint = input.checkpoint;
        mediaReport = input.mediaReport ?? mediaReport;
        for (const { role, fromSample, throughSample } of input.advance) {
          if (committed[role] === fromSample) committed[role] = throughSample;
        }
        return 'saved';
      },
      async saveMediaReport(input) {
        if (input.leaseEpoch !== leaseEpoch) return 'fenced';
        ({ mediaReport } = input);
        return 'saved';
      },
    },
  };
}
