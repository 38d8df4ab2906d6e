import { msToSamples, roleOrder, type ParticipantRole } from '@earshot/domain';
import { formatTranscript } from '@earshot/formatting';
import { createRedactor, defaultPolicy } from '@earshot/redaction';
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

/** Speech this long ago no longer explains what is said now; live calls forget as soon. */
const STATE_LIFETIME_MS = 60_000;
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
 * side asks decides what the other's digits are; the spoken form first, the written one too.
 */
export function redactLines(lines: readonly SpokenLine[]): SpokenLine[] {
  const redactor = createRedactor(defaultPolicy);
  let state = redactor.initialState();
  let lastAtMs: number | undefined;
  return lines
    .toSorted((a, b) => a.endMs - b.endMs || roleOrder(a.role) - roleOrder(b.role))
    .map((line) => {
      const { role, startMs: atMs } = line;
      if (lastAtMs !== undefined && atMs - lastAtMs > STATE_LIFETIME_MS) state = redactor.initialState();
      lastAtMs = atMs;
      const spoken = redactor.redact({ role, text: line.text, atMs }, state);
      const formatted = formatTranscript(spoken.text).text;
      const written = redactor.redact({ role, text: formatted, atMs }, state);
      state = spoken.state;
      return { ...line, text: written.text };
    });
}

/** In the order in which people began to speak. */
export function inOrderOfSpeech(lines: readonly SpokenLine[]): SpokenLine[] {
  return lines.toSorted((a, b) => a.startMs - b.startMs || roleOrder(a.role) - roleOrder(b.role));
}
