import { validatePartialWebhook, validateTranscriptWebhook } from '@earshot/api';

const CALL_CHARS = 8;

/** One line about a webhook body; undefined when it is none of Earshot's. */
export function messageLine(json: unknown, sequence: string | undefined): string | undefined {
  const partial = validatePartialWebhook(json);
  if (partial.ok) {
    const { externalConversationId, revision, sender, autotranscribeResponse } = partial.value;
    return spoken(externalConversationId, `~${revision}`, sender.role, autotranscribeResponse);
  }
  const transcript = validateTranscriptWebhook(json);
  if (transcript.ok) {
    const { externalConversationId, sender, autotranscribeResponse } = transcript.value;
    return spoken(externalConversationId, `#${sequence ?? '?'}`, sender.role, autotranscribeResponse);
  }
  return eventLine(json);
}

interface Spoken {
  readonly start: number;
  readonly utterance: readonly { readonly text: string }[];
}

function spoken(guid: string, place: string, role: string, { start, utterance }: Spoken): string {
  const seconds = (start / 1000).toFixed(1).padStart(6);
  return `${guid.slice(0, CALL_CHARS)} ${place} ${seconds} s  ${role.padEnd(8)}  ${utterance[0]?.text ?? ''}`;
}

/** A test event or an event of the system: `type`, `timestamp` and what it is about. */
function eventLine(json: unknown): string | undefined {
  if (!isRecord(json)) return undefined;
  const { type, timestamp, data } = json;
  if (typeof type !== 'string' || typeof timestamp !== 'string') return undefined;
  return `${timestamp}  event ${type}  ${JSON.stringify(data ?? {})}`;
}

function isRecord(value: unknown): value is Readonly<Record<'type' | 'timestamp' | 'data', unknown>> {
  return typeof value === 'object' && value !== null;
}
