import type { CallSession, CallStream } from '../stores/call-session.ts';
import { SAMPLE_SETTINGS } from './sample-settings.ts';

/** One side of a session that has heard nothing yet. */
export function sampleStream(change: Partial<CallStream> & Pick<CallStream, 'role'>): CallStream {
  return {
    streamId: `${change.role}-stream`,
    externalId: `${change.role}-1`,
    committedThroughSample: 0,
    audioBytes: 0,
    transcripts: 0,
    ...change,
  };
}

/** A live session as the store answers it right after its start, of `tenant-1` and `app-1`. */
export function sampleSession(change: Partial<CallSession> = {}): CallSession {
  return {
    tenantId: 'tenant-1',
    sessionId: 'session',
    conversationId: 'CONVERSATION',
    guid: 'guid',
    appId: 'app-1',
    ordinal: 1,
    state: 'live',
    acceptedAtMs: 0,
    stopAtMs: undefined,
    endedAtMs: undefined,
    endedReason: undefined,
    trouble: undefined,
    contactId: undefined,
    mediaReport: undefined,
    settings: SAMPLE_SETTINGS,
    media: {
      streamArn: 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/s/1',
      selector: { type: 'NOW' },
    },
    streams: [sampleStream({ role: 'customer' }), sampleStream({ role: 'agent' })],
    ...change,
  };
}
