import type { MediaLocation, ParticipantRole } from '@earshot/domain';
import type { LeasedSession } from '@earshot/storage';

/** A session as the store would have recorded it at the start. */
export function chaosSession(start: {
  readonly guid: string;
  readonly media: MediaLocation;
  readonly acceptedAtMs: number;
}): LeasedSession['session'] {
  const stream = (role: ParticipantRole) => ({
    streamId: `${role}-stream`,
    role,
    externalId: `${role}-1`,
    committedThroughSample: 0,
    audioBytes: 0,
    transcripts: 0,
  });
  return {
    tenantId: 'tenant',
    sessionId: 'session',
    conversationId: 'CONVERSATION',
    appId: 'app',
    ordinal: 1,
    state: 'live',
    stopAtMs: undefined,
    endedAtMs: undefined,
    endedReason: undefined,
    trouble: undefined,
    contactId: undefined,
    mediaReport: undefined,
    settings: {
      language: 'en-US',
      detailedToken: false,
      audioRecordingAllowed: true,
      redactionOutput: 'redacted',
    },
    streams: [stream('customer'), stream('agent')],
    ...start,
  };
}
