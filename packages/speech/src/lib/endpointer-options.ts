import { speechError } from './speech-error.ts';

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
  /** Speech this long is cut at the next pause of `pauseCutMs`. Default 4000. */
  readonly pauseCutAfterMs?: number;
  /** Default 150. */
  readonly pauseCutMs?: number;
  /** Speech this long is cut at the quietest 20 ms of its last 0.8 s. Default 10000, at most 15000. */
  readonly segmentMsMax?: number;
  /** Frames quieter than this are taken for silence unheard while nobody speaks; `null` hears all. Default −48. */
  readonly energyGateDbfs?: number | null;
}

export interface EndpointerSettings {
  readonly threshold: number;
  readonly releaseThreshold: number;
  readonly speechMsMin: number;
  readonly hangoverMs: number;
  readonly preRollMs: number;
  readonly postRollMs: number;
  readonly pauseCutAfterMs: number;
  readonly pauseCutMs: number;
  readonly segmentMsMax: number;
  readonly energyGateDbfs: number | null;
}

/** Upstream reports repeated phrases on long input; 15 s is where the recogniser stops being trustworthy. */
const SEGMENT_MS_LIMIT = 15_000;

export function endpointerSettings(options: EndpointerOptions): EndpointerSettings {
  const threshold = inRange('threshold', options.threshold ?? 0.5, 0.01, 1);
  const release = options.releaseThreshold ?? Math.max(0.01, threshold - 0.15);
  const gate = options.energyGateDbfs === undefined ? -48 : options.energyGateDbfs;
  return {
    threshold,
    releaseThreshold: inRange('releaseThreshold', release, 0.01, threshold),
    speechMsMin: inRange('speechMsMin', options.speechMsMin ?? 100, 0, 1000),
    hangoverMs: inRange('hangoverMs', options.hangoverMs ?? 300, 32, 5000),
    preRollMs: inRange('preRollMs', options.preRollMs ?? 250, 0, 1000),
    postRollMs: inRange('postRollMs', options.postRollMs ?? 160, 0, 1000),
    pauseCutAfterMs: inRange('pauseCutAfterMs', options.pauseCutAfterMs ?? 4000, 0, SEGMENT_MS_LIMIT),
    pauseCutMs: inRange('pauseCutMs', options.pauseCutMs ?? 150, 32, 5000),
    segmentMsMax: inRange('segmentMsMax', options.segmentMsMax ?? 10_000, 1000, SEGMENT_MS_LIMIT),
    energyGateDbfs: gate === null ? null : inRange('energyGateDbfs', gate, -96, 0),
  };
}

function inRange(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw speechError(
    'speech.option-invalid',
    `Cannot use endpointer option ${name}: ${value} is not between ${least} and ${most}`,
  );
}
