import { readEntityName } from '@earshot/redaction';
import type { LeasedSession } from '@earshot/storage';
import type { Vocabulary } from '@earshot/vocabulary';
import type { CallAudio } from '../call-audio.ts';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { LiveCall } from '../live-call.ts';
import type { MediaNotes } from '../media-notes.ts';
import type { CallRecorder } from '../recording/call-recorder.ts';
import { spokenSpans } from '../session-clock.ts';
import type { CallRedaction } from '../tenant-redactions.ts';
import { Committer, type CommitterDeps } from './commit.ts';
import { toMessageFindings } from './findings.ts';
import type { HandOver } from './hand-over.ts';
import { outputsOf, type OutputsDeps } from './outputs.ts';
import { toUtterance } from './recognize.ts';
import { openConversationRedactor, type ConversationRedactorDeps } from './redact.ts';
import { ProgressSaver } from './save-progress.ts';
import type { Step } from './step.ts';
import { writerOf } from './writing.ts';

export interface WriteCallDeps
  extends CommitterDeps, Pick<ConversationRedactorDeps, 'vault'>, Pick<OutputsDeps, 'redactionForced'> {
  readonly clock: { now(): number };
  readonly metrics: IngestMetrics;
}

export interface Writing {
  readonly audio: CallAudio;
  readonly notes: Pick<MediaNotes, 'countFallback'>;
  readonly live: LiveCall;
  readonly steps: HandOver<Step>;
  /** Of calls that are recorded. */
  readonly recorder: CallRecorder | undefined;
  /** Asked after the last step: nothing more comes of this call, for no worker. */
  readonly isOver: () => boolean;
  readonly vocabulary: Vocabulary;
  readonly redaction: CallRedaction;
  readonly signal: AbortSignal;
}

/** Takes the texts of one call in the order of the cuts, corrects, redacts and commits them. */
export async function writeCall(deps: WriteCallDeps, lease: LeasedSession, writing: Writing): Promise<void> {
  const { audio, notes, live, steps, recorder, vocabulary, redaction, signal } = writing;
  const { tenantId, conversationId } = lease.session;
  const committer = new Committer(deps, lease);
  const { language, engine = 'default' } = lease.session.settings;
  const conversation = { tenantId, conversationId, language, sealedState: lease.redactionState };
  const redactor = await openConversationRedactor(
    { redactor: redaction.finals, vault: deps.vault },
    conversation,
  );
  const write = writerOf(language);

  const progress = new ProgressSaver({ committer, audio, recorder });

  live.judgeBy(() => redactor.state);
  for await (const step of live.settling(steps.take())) {
    signal.throwIfAborted();
    if (step.type === 'progress') {
      await progress.save(step);
      continue;
    }
    if (committer.isCommitted(step.speech)) continue;
    const recognized = await step.recognized;
    if (recognized.degraded !== undefined) deps.metrics.degraded.add(1, { reason: recognized.degraded });
    if (recognized.fallbackReason !== undefined) notes.countFallback(engine, recognized.fallbackReason);
    const heard = vocabulary.correct(recognized.text).text;
    const utterance = toUtterance(step.speech, heard, audio.zeroMediaMs);
    if (utterance === undefined) continue;
    const clientTimestampMs = Math.round(step.speech.startMediaMs);
    const { text, findings, sealedState } = await redactor.redact(utterance, clientTimestampMs);
    for (const { entity } of findings) deps.metrics.redactedSpans.add(1, { type: spanType(entity) });
    const message = committer.toMessage(utterance, clientTimestampMs, text);
    const masked = toMessageFindings(message, findings, () => spokenSpans(message, step.speech));
    await committer.commit({
      utterance,
      message,
      findings: masked,
      outputs: await outputsOf(deps, lease.session, message, {
        utterance,
        speech: step.speech,
        words: recognized.words,
        write,
      }),
      redactionState: sealedState,
    });
    recorder?.say(message, masked);
    live.committed(message);
    deps.metrics.utterances.add(1, { role: utterance.role });
    deps.metrics.latencySeconds.observe(Math.max(0, deps.clock.now() - step.speech.endMediaMs) / 1000);
  }
  await progress.close(writing.isOver());
}

/** The names of custom rules are too many for a metric. */
function spanType(entity: string): string {
  return entity === 'UNKNOWN' ? entity : (readEntityName(entity) ?? 'CUSTOM');
}

/** Newer progress stands for older that still waits; all else stays in its order. */
export function mergeProgress(last: Step, next: Step): readonly Step[] {
  if (last.type !== 'progress' || next.type !== 'progress') return [last, next];
  return [{ ...next, point: next.point ?? last.point }];
}
