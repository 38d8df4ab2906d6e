import type { MediaReport } from '@earshot/domain';
import type { LeasedSession, StreamProgress, VocabularyStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { createVocabulary, type Vocabulary } from '@earshot/vocabulary';
import { CallAudio } from './call-audio.ts';
import type { CreateEndpointer } from './call-track.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { ControlRoom } from './control.ts';
import { giveGrace } from './grace.ts';
import { LiveCall, type LiveCallDeps } from './live-call.ts';
import { MediaNotes } from './media-notes.ts';
import { runTogether } from './run-together.ts';
import { openRecorder, type OpenRecorderDeps } from './recording/open-recorder.ts';
import { FencedError } from './stages/commit.ts';
import { HandOver } from './stages/hand-over.ts';
import { readCall, type ReadCallDeps } from './stages/read-call.ts';
import type { ReadEnd } from './stages/read-until-stop.ts';
import type { Step } from './stages/step.ts';
import { mergeProgress, writeCall, type WriteCallDeps } from './stages/write-call.ts';
import type { TenantRedactions } from './tenant-redactions.ts';

/** Speech of one call that may wait for its decode; more makes the reader wait, and with it the socket. */
export const PENDING_MAX = 16;
/** Fragments last about a second: most calls leave at the end of one, with everything heard so far committed. */
const LEAVE_MS_MAX = 1500;

export interface TranscribeCallDeps
  extends ReadCallDeps, WriteCallDeps, Pick<LiveCallDeps, 'live'>, Pick<OpenRecorderDeps, 'recording'> {
  readonly control: ControlRoom;
  readonly createEndpointer: CreateEndpointer;
  readonly vocabularies: Pick<VocabularyStore, 'list'>;
  readonly redactions: TenantRedactions;
  readonly logger: Logger;
}

/** How the lease ended. `handed-over`: the signal fired, the checkpoint is saved, another worker goes on. */
export type CallOutcome =
  | {
      readonly type: 'ended';
      readonly reason: Exclude<ReadEnd, 'fenced' | 'handed-over'>;
      readonly progress: readonly StreamProgress[];
      readonly mediaReport: MediaReport;
    }
  | { readonly type: 'handed-over' }
  | { readonly type: 'fenced' };

/**
 * One lease of one call: media in, messages out. A reader cuts the audio into speech and asks for its text; a
 * writer takes the texts in the order of the cuts, redacts and commits them. Both move at the pace of the slower.
 *
 * @param notes what is told of the media; the caller may go on with them after a failure
 */
export async function transcribeCall(
  deps: TranscribeCallDeps,
  lease: LeasedSession,
  signal: AbortSignal,
  notes: MediaNotes = new MediaNotes(deps, lease.session.mediaReport, lease.leaseEpoch),
): Promise<CallOutcome> {
  const checkpoint = readCheckpoint(lease.checkpoint);
  const recorder = await openRecorder(deps, lease, checkpoint);
  const audio = new CallAudio(deps.createEndpointer, checkpoint, (role, sample, mediaMs, pcm) =>
    recorder?.hear(role, sample, mediaMs - audio.zeroMediaMs, pcm),
  );
  const { tenantId, sessionId } = lease.session;
  const control = deps.control.watch({ tenantId, sessionId, leaseEpoch: lease.leaseEpoch });
  const steps = new HandOver<Step>(PENDING_MAX, mergeProgress);
  const grace = giveGrace(signal, LEAVE_MS_MAX, deps.pause);
  let end: ReadEnd | undefined;

  const read = async (bound: AbortSignal, { phrases }: Vocabulary, live: LiveCall): Promise<void> => {
    const reading = {
      audio,
      control,
      notes,
      live,
      steps,
      recorder,
      checkpoint,
      phrases,
      leaving: signal,
      signal: bound,
    };
    try {
      end = await readCall(deps, lease, reading);
    } finally {
      steps.close();
    }
  };

  try {
    await control.look();
    const vocabulary = await openVocabulary(deps, lease);
    const redaction = await deps.redactions.open(tenantId);
    const live = new LiveCall(deps, lease, { audio, redactor: redaction.partials, vocabulary });
    await runTogether(
      grace.signal,
      (bound) => read(bound, vocabulary, live),
      (bound) =>
        writeCall(deps, lease, {
          audio,
          notes,
          live,
          steps,
          recorder,
          isOver: () => end !== undefined && end !== 'fenced' && end !== 'handed-over',
          vocabulary,
          redaction,
          signal: bound,
        }),
      async (bound) => await recorder?.run(() => control.fenced, bound),
    );
  } catch (error) {
    if (error instanceof FencedError) return { type: 'fenced' };
    if (signal.aborted) return { type: 'handed-over' };
    throw error;
  } finally {
    control.close();
    await grace.close();
  }
  if (end === 'fenced') return { type: 'fenced' };
  if (end === undefined || end === 'handed-over') return { type: 'handed-over' };
  return {
    type: 'ended',
    reason: end,
    progress: audio.progress(),
    mediaReport: notes.report(audio.counts()),
  };
}

/** As it is when the lease begins. */
async function openVocabulary(
  { vocabularies }: Pick<TranscribeCallDeps, 'vocabularies'>,
  { session }: LeasedSession,
): Promise<Vocabulary> {
  return createVocabulary(await vocabularies.list(session.tenantId), session.settings.language);
}
