import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import { queueError } from '../queue-error.ts';
import type { LiveEvent, LivePartial } from './live-event.ts';

/** Characters (UTF-16 units) of a partial's text that travel: its last ones. */
const TEXT_CHARS_MAX = 1_000;
const ID_CHARS_MAX = 300;

/** What travels; a partial's text is cut to its end. */
export function writeLiveEvent(event: LiveEvent): string {
  if (event.type !== 'partial' || event.text.length <= TEXT_CHARS_MAX) return JSON.stringify(event);
  return JSON.stringify({ ...event, text: endOf(event.text) });
}

/** Never begins with half a character. */
function endOf(text: string): string {
  return text.slice(-TEXT_CHARS_MAX).replace(/^[\uDC00-\uDFFF]/, '');
}

/** Throws `queues.payload-invalid`; the error holds nothing of what came. */
export function readLiveEvent(payload: string): LiveEvent {
  const read = createReader(parseObject(payload));
  const ids = {
    tenantId: read.id('tenantId'),
    conversationId: read.id('conversationId'),
    sessionId: read.id('sessionId'),
  };
  switch (read.id('type')) {
    case 'partial':
      return { type: 'partial', ...ids, ...readPartial(read) };
    case 'committed': {
      const startMs = read.count('startMs');
      return {
        type: 'committed',
        ...ids,
        streamId: read.id('streamId'),
        messageId: read.id('messageId'),
        startMs,
      };
    }
    case 'ended':
      return { type: 'ended', ...ids };
    default:
      throw invalid('type');
  }
}

type OfPartial = Omit<LivePartial, 'type' | 'tenantId' | 'conversationId' | 'sessionId'>;

function readPartial(read: Reader): OfPartial {
  return {
    guid: read.id('guid'),
    streamId: read.id('streamId'),
    role: read.role('role'),
    senderExternalId: read.text('senderExternalId', ID_CHARS_MAX),
    startMs: read.count('startMs'),
    endMs: read.count('endMs'),
    text: read.text('text', TEXT_CHARS_MAX),
    revision: read.count('revision'),
  };
}

interface Reader {
  /** A string that is not empty. */
  id(name: string): string;
  text(name: string, charsMax: number): string;
  /** A number from 0 on. */
  count(name: string): number;
  role(name: string): ParticipantRole;
}

function createReader(fields: ReadonlyMap<string, unknown>): Reader {
  const text = (name: string, charsMax: number): string => {
    const value = fields.get(name);
    if (typeof value !== 'string' || value.length > charsMax) throw invalid(name);
    return value;
  };
  return {
    text,
    id(name) {
      const value = text(name, ID_CHARS_MAX);
      if (value === '') throw invalid(name);
      return value;
    },
    count(name) {
      const value = fields.get(name);
      if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw invalid(name);
      return value;
    },
    role(name) {
      const value = fields.get(name);
      const role = PARTICIPANT_ROLES.find((each) => each === value);
      if (role === undefined) throw invalid(name);
      return role;
    },
  };
}

/** The fields of a JSON object; throws `queues.payload-invalid` on anything else. */
export function parseObject(payload: string): ReadonlyMap<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    // The parser quotes what it could not read; that may be customer words.
    throw queueError('queues.payload-invalid', 'Cannot read live message: not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('');
  return new Map<string, unknown>(Object.entries(value));
}

function invalid(name: string): Error {
  return queueError(
    'queues.payload-invalid',
    `Cannot read live message: field ${name} is not what it must be`,
  );
}
