import type { CallMediaEvent, CallMediaRequest, CallMediaSource } from '@earshot/connect-media';
import type { MediaReport, ParticipantRole } from '@earshot/domain';
import type { SpeechRecognizer } from '@earshot/speech';
import type { LeasedSession } from '@earshot/storage';
import type { CallAudio } from '../call-audio.ts';
import type { HeardSpeech } from '../call-track.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { SessionControl } from '../control.ts';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { LiveCall } from '../live-call.ts';
import type { MediaNotes } from '../media-notes.ts';
import type { Progress } from './commit.ts';
import type { CallRecorder } from '../recording/call-recorder.ts';
import { CutOrder } from './cut-order.ts';
import type { HandOver } from './hand-over.ts';
import { readUntilStop, type ReadEnd } from './read-until-stop.ts';
import { recognize, type PendingUtterance } from './recognize.ts';
import { Speculation } from './speculate.ts';
import type { Step } from './step.ts';

/** How often a session tells where it stands, at most. A take-over reads this much again, and a fragment more. */
const PROGRESS_INTERVAL_MS = 1000;

export interface ReadCallDeps {
  readonly media: Pick<CallMediaSource, 'open'>;
  readonly recognizer: SpeechRecognizer;
  readonly metrics: IngestMetrics;
  readonly clock: { now(): number };
  readonly pause: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

export interface Reading {
  readonly audio: CallAudio;
  readonly control: SessionControl;
  readonly notes: MediaNotes;
  readonly live: LiveCall;
  readonly steps: HandOver<Step>;
  /** Of calls that are recorded. */
  readonly recorder: CallRecorder | undefined;
  readonly checkpoint: Checkpoint | undefined;
  /** Names and terms of the tenant, for engines that take them. */
  readonly phrases: readonly string[];
  /** Stop at the next fragment boundary. */
  readonly leaving: AbortSignal;
  /** Stop at once. */
  readonly signal: AbortSignal;
}

/** Cuts the media of one call into speech, and asks for its text. Answers why there is no more of it. */
export async function readCall(deps: ReadCallDeps, lease: LeasedSession, reading: Reading): Promise<ReadEnd> {
  const speculations = speculate(deps, lease, reading);
  try {
    return await readSpeech(deps, lease, { ...reading, speculations });
  } finally {
    for (const speculation of Object.values(speculations)) speculation.giveUp();
    reading.live.close();
  }
}

interface Speaking extends Reading {
  readonly speculations: Readonly<Record<ParticipantRole, Speculation>>;
}

async function readSpeech(deps: ReadCallDeps, lease: LeasedSession, reading: Speaking): Promise<ReadEnd> {
  const { audio, notes, live, control, steps, signal, leaving, speculations } = reading;
  const progress = (): Progress => progressOf(reading);
  const speaker = openSpeaker(deps, lease, reading);
  const events = deps.media.open(mediaRequest(lease, reading.checkpoint, signal));
  let toldAtMs = Number.NEGATIVE_INFINITY;

  for await (const event of readUntilStop(events, control, leaving)) {
    if (event.type === 'audio') {
      await speaker.say(await audio.hear(event.role, event));
      speculations[event.role].follow(audio.likely(event.role));
      live.follow(event.role);
      continue;
    }
    if (event.type === 'fragmentEnd' || event.type === 'readEnd') await speaker.sayRest();
    if (event.type === 'readEnd') {
      if (event.reason === 'handed-over') await steps.put(progress(), signal);
      else if (event.reason !== 'fenced') await speaker.say(await audio.flush());
      await speaker.sayRest();
      return event.reason;
    }
    takeNote(event, audio, notes);
    const nowMs = deps.clock.now();
    if (nowMs - toldAtMs < PROGRESS_INTERVAL_MS) continue;
    if (event.type === 'fragmentEnd') await steps.put(progress(), signal);
    else if (notes.changed && event.type !== 'fragment') await steps.put(reportOnly(audio, notes), signal);
    else continue;
    toldAtMs = nowMs;
  }
  throw new Error('Cannot read call: its media ended without saying why');
}

function takeNote(event: CallMediaEvent, audio: CallAudio, notes: MediaNotes): void {
  notes.take(event);
  if (event.type === 'contact') audio.latchContact(event.contactId);
  else if (event.type === 'fragment') audio.beginFragment(event.fragmentNumber, event.producerTimestampMs);
  else if (event.type === 'fragmentEnd') audio.endFragment();
  else if (event.type === 'problem' && event.code === 'media.damaged') audio.countDamage();
}

function progressOf({ audio, notes, recorder }: Reading): Progress {
  const point = audio.resumePoint(recorder?.heldSamples);
  return { type: 'progress', point, mediaReport: notes.report(audio.counts()) };
}

/** The position stays where it is: what was heard of an open fragment may come again. */
function reportOnly(audio: CallAudio, notes: MediaNotes): Progress {
  const mediaReport: MediaReport = notes.report(audio.counts());
  return { type: 'progress', point: undefined, mediaReport };
}

/** Asks for the text of cuts at once and hands them to the writer in their order. */
function openSpeaker(deps: ReadCallDeps, lease: LeasedSession, reading: Speaking) {
  const { audio, live, steps, phrases, signal, speculations } = reading;
  const { recognizer, pause } = deps;
  const { language } = lease.session.settings;
  const options = { recognizer, pause, language, callId: lease.session.sessionId, phrases, signal };
  const order = new CutOrder();
  const heardToMs = (role: ParticipantRole): number => audio.heardToMs(role);
  const ask = (speech: HeardSpeech): PendingUtterance => {
    live.cut(speech);
    return recognize(speech, { ...options, early: speculations[speech.role].claim(speech.segment) });
  };
  const put = async (cuts: readonly PendingUtterance[]): Promise<void> => {
    for (const cut of cuts) {
      // Asked only now, when the other side has been heard as far; the text of an echo is thrown away.
      if (audio.isEcho(cut.speech)) {
        deps.metrics.echoes.add(1, { role: cut.speech.role });
        live.settle();
      } else await steps.put(cut, signal);
    }
  };
  return {
    say: (heard: readonly HeardSpeech[]) => put(order.take(heard.map(ask), heardToMs)),
    sayRest: () => put(order.takeAll()),
  };
}

function speculate(
  { recognizer, metrics }: ReadCallDeps,
  { session }: LeasedSession,
  { phrases, signal }: Reading,
): Speaking['speculations'] {
  const { language } = session.settings;
  const options = { recognizer, metrics, language, callId: session.sessionId, phrases, signal };
  return { customer: new Speculation(options), agent: new Speculation(options) };
}

function mediaRequest(
  lease: LeasedSession,
  from: Checkpoint | undefined,
  signal: AbortSignal,
): CallMediaRequest {
  const { media, guid, acceptedAtMs } = lease.session;
  const start: CallMediaRequest['start'] =
    from === undefined
      ? { type: 'selector', selector: media.selector, acceptedAtMs }
      : {
          type: 'resume',
          fromFragmentNumber: from.mark.fragmentNumber,
          fromProducerTimestampMs: from.mark.producerTimestampMs,
          latchedContactId: from.contactId ?? undefined,
        };
  return { streamArn: media.streamArn, guid, start, signal };
}
