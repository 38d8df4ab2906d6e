import type { Call, CallSession as CallSessionAnswer, SpeechReport } from '@earshot/api';
import { audioSummary } from '@earshot/domain';
import type { CallSession } from '@earshot/storage';
import { isoTime } from './iso-time.ts';
import { presentMedia } from './present-media.ts';

/** A call with its sessions, oldest first; the call's state is that of its last session. */
export function presentCall(guid: string, sessions: readonly CallSession[]): Call {
  return { guid, state: sessions.at(-1)?.state ?? 'ended', sessions: sessions.map(presentSession) };
}

function presentSession(session: CallSession): CallSessionAnswer {
  return {
    sessionId: session.sessionId,
    ordinal: session.ordinal,
    state: session.state,
    acceptedAt: isoTime(session.acceptedAtMs),
    ...(session.stopAtMs === undefined ? {} : { stopAt: isoTime(session.stopAtMs) }),
    ...(session.endedAtMs === undefined ? {} : { endedAt: isoTime(session.endedAtMs) }),
    ...(session.endedReason === undefined ? {} : { endedReason: session.endedReason }),
    ...(session.trouble === undefined ? {} : { endedDetail: session.trouble }),
    ...(session.contactId === undefined ? {} : { contactIdMatchesGuid: session.contactId === session.guid }),
    ...(session.mediaReport === undefined ? {} : { media: presentMedia(session.mediaReport) }),
    ...(session.settings.engine === undefined
      ? {}
      : { speech: presentSpeech(session, session.settings.engine) }),
    streams: session.streams.map(({ role, streamId, externalId, audioBytes, transcripts }) => ({
      role,
      streamId,
      externalId,
      summary: audioSummary(audioBytes, transcripts),
    })),
  };
}

function presentSpeech({ mediaReport }: CallSession, engine: string): SpeechReport {
  return { engine, fallback: mediaReport?.engineFallback ?? { count: 0 } };
}
