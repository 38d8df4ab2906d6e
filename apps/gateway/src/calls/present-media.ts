import type { MediaReport as MediaReportAnswer } from '@earshot/api';
import type { MediaReport } from '@earshot/domain';
import { isoTime } from './iso-time.ts';

/** What the media of a session was like, in the words of the contract. */
export function presentMedia(report: MediaReport): MediaReportAnswer {
  const { behindNowMs, lastFragmentAtMs, lastFragmentNumber, lastTrouble } = report;
  return {
    rolesSeen: [...report.rolesSeen],
    fragmentCount: report.fragmentCount,
    duplicateFragmentCount: report.duplicateFragmentCount,
    damageCount: report.damageCount,
    filledSilence: report.filled,
    gaps: report.gaps,
    reconnects: report.reconnects,
    takeOverCount: report.takeOverCount,
    ...(behindNowMs === undefined ? {} : { behindNowMs }),
    ...(lastFragmentAtMs === undefined ? {} : { lastFragmentAt: isoTime(lastFragmentAtMs) }),
    ...(lastFragmentNumber === undefined ? {} : { lastFragmentNumber }),
    ...(lastTrouble === undefined ? {} : { lastTrouble: presentTrouble(lastTrouble) }),
  };
}

function presentTrouble({ code, cause, remedy, atMs }: NonNullable<MediaReport['lastTrouble']>) {
  return { code, cause, remedy, at: isoTime(atMs) };
}
