import {
  msToSamples,
  PARTICIPANT_ROLES,
  roleOrder,
  samplesToMs,
  type ParticipantRole,
} from '@earshot/domain';
import {
  BYTES_PER_MS,
  type RecordingCue,
  type RecordingMute,
  type RecordingStretch,
} from '@earshot/recordings';
import type { MessageFinding, RecordedMessage, RecordingHole } from '@earshot/storage';
import { GRID_MS, horizonOf, type CallReach, type Horizon } from './horizon.ts';
import { maskedSpans } from './masked-spans.ts';
import { Tape } from './tape.ts';

/** Of both sides together: 60 s of each. */
export const HELD_BYTES_MAX = 60_000 * BYTES_PER_MS * PARTICIPANT_ROLES.length;
/** Given up at once, so that not every block has to give way to the next. */
const GIVEN_UP_MS = 10_000;
/** Longest stretch of one part: what is made of it is held in addition. */
const STRETCH_MS_MAX = 30_000;

/** A clock that jumps further is broken; what comes then is not recorded. */
const RECORDING_MS_MAX = 12 * 3_600_000;

type Said = Omit<RecordedMessage, 'findings'>;
type Masked = readonly Pick<MessageFinding, 'startMs' | 'endMs'>[];

/** Where a recording goes on. */
export interface TapesStart {
  /** Everything before is stored, ms since the session's zero. */
  readonly recordedToMs: number;
  /** What the timelines count for the first blocks that come. */
  readonly nextSamples: Readonly<Record<ParticipantRole, number>>;
  /** Audio that nobody has any more. */
  readonly holes: readonly RecordingHole[];
}

/** A stretch that may be stored, and the audio before it that is lost. */
export interface DueStretch {
  readonly stretch: RecordingStretch;
  readonly holes: readonly RecordingHole[];
  readonly messageIds: readonly string[];
}

/** Audio and messages of one call that are not stored yet. Beyond `HELD_BYTES_MAX` the oldest audio is given up. */
export class CallTapes {
  readonly #tapes: Readonly<Record<ParticipantRole, Tape>>;
  readonly #cues = new Map<string, RecordingCue>();
  #mutes: readonly RecordingMute[] = [];
  #holes: readonly RecordingHole[];
  #fromMs: number;
  #horizon: Horizon = { toMs: 0, mutes: [] };
  #givenUpMs = 0;

  constructor({ recordedToMs, nextSamples, holes }: TapesStart) {
    this.#fromMs = recordedToMs;
    this.#holes = holes;
    this.#tapes = { customer: new Tape(nextSamples.customer), agent: new Tape(nextSamples.agent) };
  }

  /** Audio that was thrown away for want of room, ms. */
  get givenUpMs(): number {
    return this.#givenUpMs;
  }

  /** The samples from which on audio has to be read again, as the timelines count. */
  get heldSamples(): Readonly<Record<ParticipantRole, number>> {
    return { customer: this.#tapes.customer.firstSample, agent: this.#tapes.agent.firstSample };
  }

  /** @param atMs of the first sample, since the session's zero; what lies before that zero is not recorded */
  hear(role: ParticipantRole, sample: number, atMs: number, pcm: Uint8Array): void {
    const fromMs = atMs < RECORDING_MS_MAX ? this.#fromMs : Number.POSITIVE_INFINITY;
    this.#tapes[role].append({ sample, position: msToSamples(atMs), pcm }, msToSamples(fromMs));
    while (this.#heldBytes() > HELD_BYTES_MAX) this.#giveUp();
  }

  /** A message that is stored. One that is told twice counts once. */
  say({ messageId, role, startMs, endMs, text }: Said, findings: Masked | undefined): void {
    if (this.#cues.has(messageId) || !Number.isFinite(this.#fromMs)) return;
    this.#cues.set(messageId, { role, startMs, endMs, text });
    this.#mute(maskedSpans({ role, startMs, endMs }, findings));
  }

  /** A message of the worker before: one that begins before what is stored has its caption there. */
  sayAgain({ messageId, ...message }: Said, findings: Masked | undefined): void {
    if (message.startMs >= this.#fromMs) this.say({ messageId, ...message }, findings);
    else this.#mute(maskedSpans(message, findings));
  }

  /** Everything that was cut up to this reach is stored. */
  settle(reach: CallReach): void {
    this.#horizon = horizonOf(reach);
  }

  /** Nothing more comes, and everything that was said is stored. */
  settleAll(): void {
    const end = Math.max(...PARTICIPANT_ROLES.map((role) => this.#tapes[role].endPosition));
    this.#horizon = { toMs: Math.ceil(samplesToMs(end)), mutes: [] };
  }

  /** The next stretch, once it is at least so long; `undefined` where there is no audio for it. */
  next(leastMs: number): DueStretch | undefined {
    const firstMs = this.#firstMs();
    if (firstMs === undefined) return undefined;
    const fromMs = Math.max(this.#fromMs, firstMs);
    const toMs = Math.min(this.#horizon.toMs, fromMs + STRETCH_MS_MAX);
    if (toMs <= fromMs || this.#horizon.toMs - fromMs < leastMs) return undefined;
    const due = [...this.#cues].filter(([, cue]) => cue.startMs < toMs).toSorted(inOrder);
    const [from, to] = [msToSamples(fromMs), msToSamples(toMs)];
    const { customer, agent } = this.#tapes;
    return {
      stretch: {
        fromMs,
        toMs,
        pcm: { customer: customer.read(from, to), agent: agent.read(from, to) },
        mutes: [...this.#mutes, ...this.#horizon.mutes],
        cues: due.map(([, cue]) => cue),
      },
      holes: this.#holes.filter((hole) => hole.fromMs < toMs),
      messageIds: due.map(([id]) => id),
    };
  }

  /** A stretch is stored up to `toMs`, which is less than was due where an earlier try of it had succeeded. */
  stored({ messageIds }: Pick<DueStretch, 'messageIds'>, toMs: number): void {
    for (const id of messageIds) if ((this.#cues.get(id)?.startMs ?? 0) < toMs) this.#cues.delete(id);
    this.#holes = this.#holes
      .map((hole) => ({ fromMs: Math.max(hole.fromMs, toMs), toMs: hole.toMs }))
      .filter((hole) => hole.toMs > hole.fromMs);
    this.#advance(Math.max(this.#fromMs, toMs));
  }

  /** What is not stored and never will be. */
  get rest(): RecordingHole | undefined {
    const fromMs = this.#holes[0]?.fromMs ?? this.#firstMs();
    return fromMs === undefined || fromMs >= this.#horizon.toMs
      ? undefined
      : { fromMs, toMs: this.#horizon.toMs };
  }

  /** From now on nothing is held. */
  stop(): void {
    this.#cues.clear();
    this.#advance(Number.POSITIVE_INFINITY);
  }

  #mute(spans: readonly RecordingMute[]): void {
    this.#mutes = [...this.#mutes, ...spans.filter(({ endMs }) => endMs > this.#fromMs)];
  }

  #advance(toMs: number): void {
    this.#fromMs = toMs;
    for (const role of PARTICIPANT_ROLES) this.#tapes[role].dropBefore(msToSamples(toMs));
    this.#mutes = this.#mutes.filter(({ endMs }) => endMs > toMs);
  }

  #giveUp(): void {
    const firstMs = this.#firstMs();
    if (firstMs === undefined) return;
    const fromMs = Math.max(this.#fromMs, firstMs);
    const toMs = fromMs + GIVEN_UP_MS;
    const last = this.#holes.at(-1);
    this.#holes =
      last?.toMs === fromMs
        ? [...this.#holes.slice(0, -1), { fromMs: last.fromMs, toMs }]
        : [...this.#holes, { fromMs, toMs }];
    this.#givenUpMs += GIVEN_UP_MS;
    this.#advance(toMs);
  }

  #heldBytes(): number {
    return this.#tapes.customer.heldBytes + this.#tapes.agent.heldBytes;
  }

  /** Where the audio that is held begins, on the grid. */
  #firstMs(): number | undefined {
    const positions = PARTICIPANT_ROLES.map((role) => this.#tapes[role].firstPosition);
    const first = positions.reduce<number>(
      (least, at) => Math.min(least, at ?? least),
      Number.POSITIVE_INFINITY,
    );
    if (!Number.isFinite(first)) return undefined;
    return Math.floor(samplesToMs(first) / GRID_MS) * GRID_MS;
  }
}

function inOrder([, a]: [string, RecordingCue], [, b]: [string, RecordingCue]): number {
  return a.startMs - b.startMs || roleOrder(a.role) - roleOrder(b.role);
}
