import { PARTICIPANT_ROLES, roleOrder, type ParticipantRole } from '@earshot/domain';
import { Demuxer, type MatroskaEvent } from '@earshot/matroska';
import { readCaptions, type CaptionLimits } from './read-captions.ts';
import { isRecordingError } from './recording-error.ts';
import { AUDIO_TRACKS, BYTES_PER_MS } from './recording-layout.ts';
import type { RecordingCue } from './recording-stretch.ts';

/** `problem` names places and counts, and no word of the call. */
export type RecordingCheck = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** What our reader sees while the bytes pass to the other one. */
interface Heard {
  durationMs: number | undefined;
  problem: string | undefined;
  readonly reachedBytes: Map<number, number>;
}

/**
 * Reads a whole recording with two readers: matroska-subtitles, whose captions have to be exactly `want`, and our demuxer, for
 * which both sides have to last without a gap from 0 to the Duration that the file tells. Throws what the source throws.
 */
export async function checkRecording(
  file: AsyncIterable<Uint8Array>,
  want: readonly RecordingCue[],
  limits: CaptionLimits = {},
): Promise<RecordingCheck> {
  const heard: Heard = { durationMs: undefined, problem: undefined, reachedBytes: new Map() };
  try {
    const { cues } = await readCaptions(hearing(file, heard), limits);
    const found = cues.flatMap(({ role, ...cue }) => (role === undefined ? [] : [{ ...cue, role }]));
    const problem = heard.problem ?? sideProblem(heard) ?? cueProblem(found, want);
    return problem === undefined ? { ok: true } : { ok: false, problem };
  } catch (error) {
    const isOfFile = isRecordingError(error) && !error.retryable;
    if (!isOfFile) throw error;
    return { ok: false, problem: error.message };
  }
}

async function* hearing(
  file: AsyncIterable<Uint8Array>,
  heard: Heard,
): AsyncGenerator<Uint8Array, void, undefined> {
  const demuxer = new Demuxer();
  for await (const chunk of file) {
    for (const event of demuxer.write(chunk)) hear(event, heard);
    yield chunk;
  }
  for (const event of demuxer.finish()) hear(event, heard);
}

function hear(event: MatroskaEvent, heard: Heard): void {
  if (event.type === 'info') heard.durationMs = event.durationMs;
  if (event.type === 'problem') heard.problem ??= `${event.code} at byte ${event.offset}`;
  if (event.type !== 'block') return;
  const role = PARTICIPANT_ROLES.find((each) => AUDIO_TRACKS[each] === event.trackNumber);
  if (role === undefined) return;
  const reached = heard.reachedBytes.get(event.trackNumber) ?? 0;
  if (reached !== event.timestampMs * BYTES_PER_MS) {
    heard.problem ??= `the ${role} goes on at ${event.timestampMs} ms, not at ${reached / BYTES_PER_MS} ms`;
  }
  const bytes = event.frames.reduce((sum, frame) => sum + frame.length, 0);
  heard.reachedBytes.set(event.trackNumber, event.timestampMs * BYTES_PER_MS + bytes);
}

function sideProblem({ durationMs, reachedBytes }: Heard): string | undefined {
  if (durationMs === undefined) return 'it tells no Duration';
  const short = PARTICIPANT_ROLES.find(
    (role) => (reachedBytes.get(AUDIO_TRACKS[role]) ?? 0) !== durationMs * BYTES_PER_MS,
  );
  if (short === undefined) return undefined;
  const endMs = (reachedBytes.get(AUDIO_TRACKS[short]) ?? 0) / BYTES_PER_MS;
  return `the ${short} ends at ${endMs} ms, not at ${durationMs} ms`;
}

function cueProblem(found: readonly RecordingCue[], want: readonly RecordingCue[]): string | undefined {
  for (const role of PARTICIPANT_ROLES) {
    const problem = roleProblem(role, cuesOf(role, found), cuesOf(role, want.map(asWritten)));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function roleProblem(
  role: ParticipantRole,
  found: readonly RecordingCue[],
  want: readonly RecordingCue[],
): string | undefined {
  if (found.length !== want.length) return `${found.length} captions of the ${role}, not ${want.length}`;
  for (const [index, { startMs, endMs, text }] of want.entries()) {
    const cue = found[index];
    const place = `caption ${index + 1} of the ${role}`;
    if (cue?.startMs !== startMs || cue.endMs !== endMs) {
      return `${place} is from ${cue?.startMs} to ${cue?.endMs} ms, not from ${startMs} to ${endMs} ms`;
    }
    if (cue.text !== text) return `${place} at ${startMs} ms has another text`;
  }
  return undefined;
}

/** Whole milliseconds, no shorter than one, and text as UTF-8 can hold it. */
function asWritten({ role, startMs, endMs, text }: RecordingCue): RecordingCue {
  const start = Math.round(startMs);
  const shown = text.toWellFormed().replaceAll('\r\n', '\n');
  return { role, startMs: start, endMs: Math.max(start + 1, Math.round(endMs)), text: shown };
}

function cuesOf(role: ParticipantRole, cues: readonly RecordingCue[]): RecordingCue[] {
  return cues
    .filter((cue) => cue.role === role)
    .toSorted(
      (a, b) =>
        roleOrder(a.role) - roleOrder(b.role) ||
        a.startMs - b.startMs ||
        a.endMs - b.endMs ||
        (a.text < b.text ? -1 : Number(a.text > b.text)),
    );
}
