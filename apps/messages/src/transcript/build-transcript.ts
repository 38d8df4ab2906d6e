import type { Transcript, TranscriptLine } from '@earshot/api';
import type { CallSession, StoredConversation, TimedMessage } from '@earshot/storage';

export interface TranscriptSource {
  readonly conversation: StoredConversation;
  /** Legs in their order; none where everything was written. */
  readonly sessions: readonly Pick<CallSession, 'sessionId' | 'ordinal' | 'acceptedAtMs'>[];
  /** In order of time. */
  readonly messages: readonly TimedMessage[];
  /** Only this leg, with the times of its audio. */
  readonly leg?: number;
}

interface Leg {
  readonly ordinal: number;
  readonly sessionId: string;
  /** When its audio began, by the clock of whoever recorded it. */
  readonly startedAtMs: number;
}

/** How long a written message stays to be read: about 15 characters a second, as subtitles have it. */
const READING_MS_PER_CHARACTER = 66;
const READING_MS_MIN = 1000;
const READING_MS_MAX = 7000;

/** `undefined` when there is no such leg. */
export function buildTranscript(source: TranscriptSource): Transcript | undefined {
  const { conversation, leg, messages } = source;
  const all = source.sessions.map((session) => toLeg(session, messages));
  const legs = leg === undefined ? all : all.filter(({ ordinal }) => ordinal === leg);
  if (leg !== undefined && legs.length === 0) return undefined;
  const bySession = new Map(legs.map((one) => [one.sessionId, one]));
  const shown =
    leg === undefined
      ? messages
      : messages.filter(({ spoken }) => spoken !== undefined && bySession.has(spoken.sessionId));
  const zeroMs = beginning(legs, leg === undefined ? messages : []);
  return {
    externalId: conversation.externalId,
    conversationId: conversation.conversationId,
    legs: legs.map(({ ordinal, sessionId, startedAtMs }) => ({
      leg: ordinal,
      sessionId,
      startMs: startedAtMs - zeroMs,
      startedTimestamp: new Date(startedAtMs).toISOString(),
    })),
    lines: shown
      .map((message) => toLine(message, bySession, conversation, zeroMs))
      .toSorted((a, b) => a.startMs - b.startMs),
  };
}

/** A message tells the clock and its place in the audio at once; before the first, the start was accepted. */
function toLeg(
  { sessionId, ordinal, acceptedAtMs }: TranscriptSource['sessions'][number],
  messages: readonly TimedMessage[],
): Leg {
  const first = messages.find(({ spoken }) => spoken?.sessionId === sessionId);
  const startedAtMs =
    first?.spoken === undefined ? acceptedAtMs : first.clientTimestampMs - first.spoken.startMs;
  return { ordinal, sessionId, startedAtMs };
}

function beginning(legs: readonly Leg[], messages: readonly TimedMessage[]): number {
  const firstMs = messages[0]?.clientTimestampMs ?? Number.POSITIVE_INFINITY;
  const zeroMs = legs.reduce((least, { startedAtMs }) => Math.min(least, startedAtMs), firstMs);
  return Number.isFinite(zeroMs) ? zeroMs : 0;
}

function toLine(
  message: TimedMessage,
  legs: ReadonlyMap<string, Leg>,
  conversation: StoredConversation,
  zeroMs: number,
): TranscriptLine {
  const { messageId, role, text, spoken, clientTimestampMs } = message;
  const leg = spoken === undefined ? undefined : legs.get(spoken.sessionId);
  const line = { messageId, role, speaker: speakerName(role, conversation), text };
  if (spoken === undefined || leg === undefined) {
    const startMs = clientTimestampMs - zeroMs;
    return { ...line, startMs, endMs: startMs + readingMs(text) };
  }
  const startMs = leg.startedAtMs - zeroMs + spoken.startMs;
  return { ...line, startMs, endMs: startMs + (spoken.endMs - spoken.startMs), leg: leg.ordinal };
}

function readingMs(text: string): number {
  return Math.min(READING_MS_MAX, Math.max(READING_MS_MIN, text.length * READING_MS_PER_CHARACTER));
}

function speakerName(role: TimedMessage['role'], { customer, agent }: StoredConversation): string {
  if (role === 'customer') return customer.name ?? 'Customer';
  if (role === 'agent') return agent?.name ?? 'Agent';
  return 'System';
}
