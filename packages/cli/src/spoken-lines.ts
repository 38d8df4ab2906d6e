import { msToSamples, roleOrder, type ParticipantRole } from '@earshot/domain';
import { formatTranscript } from '@earshot/formatting';
import { createRedactor, defaultPolicy, WrittenConversation } from '@earshot/redaction';
import { EchoGuard } from '@earshot/speech';

/** One participant's audio, 8 kHz. */
export interface CallSide {
  readonly role: ParticipantRole;
  readonly pcm: Int16Array;
}

/** Times count from the start of the recording. */
export interface SpokenLine {
  readonly role: ParticipantRole;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** What an echo may follow its source by is well below. */
const ECHO_MARGIN_MS = 1000;

/** Lines that are not the other side leaking in, as live calls drop them. Recordings of one side keep them all. */
export function withoutEchoes(lines: readonly SpokenLine[], sides: readonly CallSide[]): SpokenLine[] {
  const [first, second, ...more] = sides;
  if (first === undefined || second === undefined || more.length > 0 || first.role === second.role)
    return [...lines];
  return lines.filter(({ role, startMs, endMs }) => {
    const guard = new EchoGuard();
    const fromMs = Math.max(0, startMs - ECHO_MARGIN_MS);
    for (const side of [first, second]) {
      const heard = side.pcm.subarray(msToSamples(fromMs), msToSamples(endMs + ECHO_MARGIN_MS));
      guard.hear(side.role, fromMs, heard);
    }
    return !guard.isEcho(role, startMs, endMs);
  });
}

/** Lines as people write them, without redaction. */
export function writeLines(lines: readonly SpokenLine[]): SpokenLine[] {
  return lines.map((line) => ({ ...line, text: formatTranscript(line.text).text }));
}

/**
 * Redacts lines and writes them as people do, as ingest does live: in the order in which speech ended, since what one
 * side asks decides what the other's digits are.
 */
export function redactLines(lines: readonly SpokenLine[]): SpokenLine[] {
  const write = (text: string): string => formatTranscript(text).text;
  const conversation = new WrittenConversation(createRedactor(defaultPolicy), { write });
  return lines
    .toSorted((a, b) => a.endMs - b.endMs || roleOrder(a.role) - roleOrder(b.role))
    .map((line) => {
      const { role, text, startMs: atMs } = line;
      return { ...line, text: conversation.redact({ role, text, atMs }).text };
    });
}

/** In the order in which people began to speak. */
export function inOrderOfSpeech(lines: readonly SpokenLine[]): SpokenLine[] {
  return lines.toSorted((a, b) => a.startMs - b.startMs || roleOrder(a.role) - roleOrder(b.role));
}
