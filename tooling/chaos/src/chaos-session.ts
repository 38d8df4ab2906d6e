import type { MediaLocation } from '@earshot/domain';
import type { LeasedSession } from '@earshot/storage';
import { sampleSession } from '@earshot/storage/testing';

/** A session as the store would have recorded it at the start. */
export function chaosSession(start: {
  readonly guid: string;
  readonly media: MediaLocation;
  readonly acceptedAtMs: number;
}): LeasedSession['session'] {
  const session = sampleSession({ tenantId: 'tenant', ...start });
  return { ...session, settings: { ...session.settings, audioRecordingAllowed: true } };
}
