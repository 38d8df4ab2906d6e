import { PARTICIPANT_ROLES } from '@earshot/domain';
import type { CallMediaEvent } from './call-media.ts';
import type { NumberedHead } from './connection-aim.ts';
import type { FragmentTail } from './fragment-reader.ts';
import type { MediaProblemCode } from './media-trouble.ts';
import { ProblemsOnce } from './problems-once.ts';

/** A longer hole between fragments is worth telling. */
const GAP_MS_MIN = 2000;
const PCM_BYTES_PER_MS = 16;

type AudioEvent = Extract<CallMediaEvent, { type: 'audio' }>;

/** Words the events of one call; they wait to be taken. */
export class CallEvents {
  readonly #problems = new ProblemsOnce();
  #events: CallMediaEvent[] = [];
  #mediaEndMs: number | undefined;
  #isContactTold: boolean;

  constructor({ isContactTold }: { readonly isContactTold: boolean }) {
    this.#isContactTold = isContactTold;
  }

  /** Events since the last time. */
  take(): readonly CallMediaEvent[] {
    const events = this.#events;
    if (events.length > 0) this.#events = [];
    return events;
  }

  /** Told once a call, as soon as there is one. */
  contact(contactId: string | undefined): void {
    if (contactId === undefined || this.#isContactTold) return;
    this.#isContactTold = true;
    this.#events.push({ type: 'contact', contactId });
  }

  fragment(head: NumberedHead, contactId: string | undefined): void {
    const { fragmentNumber, serverTimestampMs, producerTimestampMs } = head;
    const roles = PARTICIPANT_ROLES.filter((role) => head.roles.has(role));
    for (const role of PARTICIPANT_ROLES) {
      if (head.roles.has(role)) continue;
      this.problem('media.track-missing', `Cannot hear ${role}: the stream has no track of that side`);
    }
    const gapMs = head.clusterMs - (this.#mediaEndMs ?? head.clusterMs);
    if (gapMs >= GAP_MS_MIN) {
      this.problem('media.gap', `Cannot find ${Math.round(gapMs)} ms of media`, fragmentNumber);
    }
    const times = { serverTimestampMs, producerTimestampMs };
    this.#events.push({ type: 'fragment', fragmentNumber, ...times, contactId, roles });
  }

  audio(audio: AudioEvent): void {
    const endMs = audio.mediaMs + audio.pcm.length / PCM_BYTES_PER_MS;
    if (this.#mediaEndMs === undefined || endMs > this.#mediaEndMs) this.#mediaEndMs = endMs;
    this.#events.push(audio);
  }

  fragmentEnd({ fragmentNumber }: NumberedHead, { millisBehindNow }: FragmentTail): void {
    this.#events.push({ type: 'fragmentEnd', fragmentNumber, millisBehindNow });
  }

  duplicate({ fragmentNumber }: NumberedHead): void {
    this.#events.push({ type: 'duplicate', fragmentNumber });
  }

  /** `place`: where the problem counts anew; without it, it is told once a call. */
  problem(code: MediaProblemCode, message: string, place?: string): void {
    const problem = { type: 'problem', code, message } as const;
    if (this.#problems.isNew(problem, place)) this.#events.push(problem);
  }

  doubtful(place: string | undefined): void {
    const message = 'Cannot use fragment: it is damaged and does not tell its contact';
    this.problem('media.damaged', message, place);
  }

  contactChanged(): void {
    this.#events.push({ type: 'end', reason: 'contact-changed' });
  }
}
