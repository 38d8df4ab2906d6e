import { PARTICIPANT_ROLES, type ParticipantRole, type TranscriptMessage } from '@earshot/domain';
import type { LiveBus } from '@earshot/queues';
import type { PartialRedactor, RedactionState } from '@earshot/redaction';
import type { SpeechRecognizer } from '@earshot/speech';
import type { LeasedSession } from '@earshot/storage';
import type { Vocabulary } from '@earshot/vocabulary';
import type { CallAudio } from './call-audio.ts';
import type { HeardSpeech } from './call-track.ts';
import type { IngestMetrics } from './ingest-metrics.ts';
import { Partials } from './stages/partials.ts';
import type { Step } from './stages/step.ts';
import { toUtterance } from './stages/recognize.ts';
import { writerOf } from './stages/writing.ts';

export interface LiveView {
  readonly bus: Pick<LiveBus, 'publish' | 'isWatched'>;
  /** Between two partials of one side, at least. */
  readonly partialIntervalMs: number;
  /** Finals need the recogniser for themselves. */
  readonly isBusy: () => boolean;
}

export interface LiveCallDeps {
  /** Absent: nobody can watch. */
  readonly live?: LiveView;
  readonly recognizer: SpeechRecognizer;
  readonly metrics: Pick<IngestMetrics, 'partials'>;
  readonly clock: { now(): number };
}

export interface LiveCallOptions {
  readonly audio: CallAudio;
  readonly redactor: PartialRedactor;
  readonly vocabulary: Vocabulary;
}

interface Shown {
  readonly startSample: number;
  readonly text: string;
  readonly revision: number;
}

/** Of less speech the small model makes other words than those that were said. */
const SPEECH_MS_MIN = 800;

const OTHER = { customer: 'agent', agent: 'customer' } as const;

/**
 * What one call tells those who watch it; while nobody does, that is one look into a map. Words of open speech are
 * shown only when all that was cut before is redacted and stored, since they are judged by what was said until then.
 */
export class LiveCall {
  readonly #deps: LiveCallDeps;
  readonly #lease: LeasedSession;
  readonly #options: LiveCallOptions;
  readonly #partials: Readonly<Record<ParticipantRole, Partials>>;
  readonly #shown = new Map<ParticipantRole, Shown>();
  readonly #write: (text: string) => string;
  #cutsUnderWay = 0;
  #closed = false;
  #state: (() => RedactionState) | undefined;

  constructor(deps: LiveCallDeps, lease: LeasedSession, options: LiveCallOptions) {
    this.#deps = deps;
    this.#lease = lease;
    this.#options = options;
    const { language } = lease.session.settings;
    const write = writerOf(language);
    this.#write = (text) => withoutEndMark(write(text).text, text);
    const partialsOf = (role: ParticipantRole): Partials =>
      new Partials({
        ...deps,
        language,
        callId: lease.session.sessionId,
        phrases: options.vocabulary.phrases,
        intervalMs: deps.live?.partialIntervalMs ?? 0,
        openSpeech: () => options.audio.openSpeech(role),
        onText: (speech, text) => this.#show(speech, text),
      });
    this.#partials = { customer: partialsOf('customer'), agent: partialsOf('agent') };
  }

  /** For the reader, after each block of a side. */
  follow(role: ParticipantRole): void {
    if (this.#mayShow(role)) this.#partials[role].ask();
  }

  /** For the reader: speech of this side was cut, and its text is asked for. */
  cut({ role }: HeardSpeech): void {
    this.#cutsUnderWay += 1;
    this.#partials[role].giveUp();
  }

  /** The text of a cut is stored or thrown away. */
  settle(): void {
    this.#cutsUnderWay -= 1;
  }

  /** For the writer: cuts are settled when the next step is asked for. */
  async *settling(steps: AsyncIterable<Step>): AsyncGenerator<Step, void, undefined> {
    for await (const step of steps) {
      yield step;
      if (step.type === 'speech') this.settle();
    }
  }

  /** @param state what the conversation expects after the last turn that was redacted */
  judgeBy(state: () => RedactionState): void {
    this.#state = state;
  }

  committed({ streamId, messageId, startMs }: TranscriptMessage): void {
    const { tenantId, conversationId, sessionId } = this.#lease.session;
    const bus = this.#deps.live?.bus;
    if (bus?.isWatched(tenantId, conversationId, 'any') !== true) return;
    bus.publish({ type: 'committed', tenantId, conversationId, sessionId, streamId, messageId, startMs });
  }

  /** No more words of open speech. */
  close(): void {
    this.#closed = true;
    for (const role of PARTICIPANT_ROLES) this.#partials[role].giveUp();
  }

  #mayShow(role: ParticipantRole): boolean {
    const { live, recognizer } = this.#deps;
    const { tenantId, conversationId } = this.#lease.session;
    if (this.#closed || live === undefined || live.partialIntervalMs === 0) return false;
    if (!live.bus.isWatched(tenantId, conversationId, 'partials')) return false;
    if (this.#cutsUnderWay > 0 || recognizer.capabilities.partials === 'none' || live.isBusy()) return false;
    return this.#speaksAlone(role);
  }

  /** For a while now. Speech that began while the other side spoke may answer what that side has not finished to ask. */
  #speaksAlone(role: ParticipantRole): boolean {
    const { audio } = this.#options;
    const sinceMs = audio.openSinceMs(role);
    const otherSinceMs = audio.openSinceMs(OTHER[role]);
    if (sinceMs === undefined || audio.heardToMs(role) - sinceMs < SPEECH_MS_MIN) return false;
    return otherSinceMs === undefined || otherSinceMs > sinceMs;
  }

  #show(speech: HeardSpeech, heard: string): void {
    const { audio, redactor, vocabulary } = this.#options;
    const { role } = speech;
    const state = this.#state?.();
    if (state === undefined || !this.#mayShow(role) || audio.openSinceMs(role) !== speech.startMediaMs)
      return;
    if (audio.isEcho(speech)) return;
    const utterance = toUtterance(speech, vocabulary.correct(heard).text, audio.zeroMediaMs);
    if (utterance === undefined) return;
    const turn = { role, text: utterance.text, atMs: Math.round(speech.startMediaMs) };
    const text = redactor.redact(turn, state, this.#write);
    const before = this.#shownOf(role, utterance.startSample);
    if (text === '' || text === before?.text) return;
    const revision = (before?.revision ?? 0) + 1;
    this.#shown.set(role, { startSample: utterance.startSample, text, revision });
    this.#publish(role, { startMs: utterance.startMs, endMs: utterance.endMs, text, revision });
  }

  #shownOf(role: ParticipantRole, startSample: number): Shown | undefined {
    const shown = this.#shown.get(role);
    return shown?.startSample === startSample ? shown : undefined;
  }

  #publish(
    role: ParticipantRole,
    words: {
      readonly startMs: number;
      readonly endMs: number;
      readonly text: string;
      readonly revision: number;
    },
  ): void {
    const { tenantId, conversationId, sessionId, guid, streams } = this.#lease.session;
    const [customer, agent] = streams;
    const { streamId, externalId } = role === 'customer' ? customer : agent;
    this.#deps.live?.bus.publish({
      type: 'partial',
      tenantId,
      conversationId,
      guid,
      sessionId,
      streamId,
      role,
      senderExternalId: externalId,
      ...words,
    });
  }
}

/** The sentence goes on. */
function withoutEndMark(written: string, text: string): string {
  return /[.?!]$/.test(text) ? written : written.replace(/[.?!]$/, '');
}
