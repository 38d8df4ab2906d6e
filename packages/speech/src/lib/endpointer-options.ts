import { speechError } from './speech-error.ts';
import type { SteadySoundLimits } from './steady-sound.ts';

/** Durations take effect at the end of a 32 ms frame. A value out of range throws `speech.option-invalid`. */
export interface EndpointerOptions {
  /** Probability from which a frame is speech. Default 0.5. */
  readonly threshold?: number;
  /** Probability down to which speech that runs goes on. Default `threshold` − 0.15, at least 0.01. */
  readonly releaseThreshold?: number;
  /** Shorter speech is dropped, once as much silence has followed. Default 100. */
  readonly speechMsMin?: number;
  /** Silence that ends speech. Default 300. */
  readonly hangoverMs?: number;
  /** Audio decoded before the onset. Default 250. */
  readonly preRollMs?: number;
  /** Audio decoded after the last speech, as far as it was heard before the cut. Default 160. */
  readonly postRollMs?: number;
  /** Silence that ends speech of less than `fragmentMsMax`, where that is longer than `hangoverMs`. Default 400. */
  readonly fragmentHangoverMs?: number;
  /** Speech shorter than this is a fragment of a word, to be heard with what follows. Default 250. */
  readonly fragmentMsMax?: number;
  /** From this length on a shorter pause than `hangoverMs` cuts speech. Default 4000. */
  readonly pauseCutAfterMs?: number;
  /** Time in which that pause shrinks from `hangoverMs` to `pauseCutMs`. Default 0: at once. */
  readonly pauseCutEaseMs?: number;
  /** Default 150. */
  readonly pauseCutMs?: number;
  /** Speech this long is cut at the quietest 20 ms of its last 0.8 s. Default 10000, at most 15000. */
  readonly segmentMsMax?: number;
  /** Frames quieter than this are taken for silence unheard while nobody speaks; `null` hears all. Default −48. */
  readonly energyGateDbfs?: number | null;
  /** Share of audible frames that are keys, ringing, busy or fax tones; from it on sound is dropped. Default 0.6. */
  readonly toneShareMin?: number | null;
  /** Share of audible frames that sound as 64 ms before, in music; from it on sound is dropped. Default 0.7. */
  readonly musicShareMin?: number | null;
  /** Shorter sound is not judged for music. Default 2000. */
  readonly musicMsMin?: number;
}

export interface EndpointerSettings extends SteadySoundLimits {
  readonly threshold: number;
  readonly releaseThreshold: number;
  readonly speechMsMin: number;
  readonly hangoverMs: number;
  readonly preRollMs: number;
  readonly postRollMs: number;
  readonly fragmentHangoverMs: number;
  readonly fragmentMsMax: number;
  readonly pauseCutAfterMs: number;
  readonly pauseCutEaseMs: number;
  readonly pauseCutMs: number;
  readonly segmentMsMax: number;
  readonly energyGateDbfs: number | null;
}

/** Upstream reports repeated phrases on long input; 15 s is where the recogniser stops being trustworthy. */
const SEGMENT_MS_LIMIT = 15_000;

export function endpointerSettings(options: EndpointerOptions): EndpointerSettings {
  const threshold = inRange('threshold', options.threshold ?? 0.5, 0.01, 1);
  const release = options.releaseThreshold ?? Math.max(0.01, threshold - 0.15);
  return {
    threshold,
    releaseThreshold: inRange('releaseThreshold', release, 0.01, threshold),
    speechMsMin: inRange('speechMsMin', options.speechMsMin ?? 100, 0, 1000),
    hangoverMs: inRange('hangoverMs', options.hangoverMs ?? 300, 32, 5000),
    preRollMs: inRange('preRollMs', options.preRollMs ?? 250, 0, 1000),
    postRollMs: inRange('postRollMs', options.postRollMs ?? 160, 0, 1000),
    fragmentHangoverMs: inRange('fragmentHangoverMs', options.fragmentHangoverMs ?? 400, 0, 5000),
    fragmentMsMax: inRange('fragmentMsMax', options.fragmentMsMax ?? 250, 0, 2000),
    pauseCutAfterMs: inRange('pauseCutAfterMs', options.pauseCutAfterMs ?? 4000, 0, SEGMENT_MS_LIMIT),
    pauseCutEaseMs: inRange('pauseCutEaseMs', options.pauseCutEaseMs ?? 0, 0, SEGMENT_MS_LIMIT),
    pauseCutMs: inRange('pauseCutMs', options.pauseCutMs ?? 150, 32, 5000),
    segmentMsMax: inRange('segmentMsMax', options.segmentMsMax ?? 10_000, 1000, SEGMENT_MS_LIMIT),
    energyGateDbfs: inRangeOrNull('energyGateDbfs', options.energyGateDbfs, -48, [-96, 0]),
    toneShareMin: inRangeOrNull('toneShareMin', options.toneShareMin, 0.6, [0.01, 1]),
    musicShareMin: inRangeOrNull('musicShareMin', options.musicShareMin, 0.7, [0.01, 1]),
    musicMsMin: inRange('musicMsMin', options.musicMsMin ?? 2000, 0, SEGMENT_MS_LIMIT),
  };
}

function inRangeOrNull(
  name: string,
  value: number | null | undefined,
  usual: number,
  [least, most]: readonly [number, number],
): number | null {
  return value === null ? null : inRange(name, value ?? usual, least, most);
}

function inRange(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw speechError(
    'speech.option-invalid',
    `Cannot use endpointer option ${name}: ${value} is not between ${least} and ${most}`,
  );
}
