import { msToSamples, samplesToMs } from '@earshot/domain';
import type { EndpointerSettings } from './endpointer-options.ts';
import type { SpeechCutCause } from './speech-segment.ts';

/** Speech that has begun and is not cut yet. */
export interface OpenSpeech {
  readonly startSample: number;
  /** First sample that will be decoded. */
  readonly decodeStartSample: number;
  /** One past the last frame that was speech. */
  readonly endSample: number;
  /** Samples of all frames that were speech. */
  readonly speechSamples: number;
}

/** All that later cuts depend on, apart from the audio and the detector's memory. JSON-safe. */
export interface CutState {
  /** Every frame that ends at or before this sample has been judged. */
  readonly processedSample: number;
  /** No later segment decodes a sample before this one: its words were in the segment before. */
  readonly floorSample: number;
  readonly open: OpenSpeech | null;
}

/** A frame's effect: the state after it, and the cause of a cut that is due there. */
export interface CutStep {
  readonly state: CutState;
  readonly due: Exclude<SpeechCutCause, 'flush'> | null;
}

/** Judges one more frame of `frameSamples`. A cut that is due is left to the caller, who has the audio. */
export function stepCut(
  state: CutState,
  settings: EndpointerSettings,
  frame: { readonly samples: number; readonly probability: number },
): CutStep {
  const processedSample = state.processedSample + frame.samples;
  const open = nextOpen(state, settings, frame);
  const next = { processedSample, floorSample: state.floorSample, open };
  if (open === null) return { state: next, due: null };
  const silence = processedSample - open.endSample;
  const short = open.speechSamples < msToSamples(settings.speechMsMin);
  if (short && silence >= msToSamples(Math.min(settings.hangoverMs, Math.max(32, settings.speechMsMin)))) {
    return { state: { ...next, open: null }, due: null };
  }
  return { state: next, due: dueCause(open, silence, processedSample, settings) };
}

function nextOpen(
  state: CutState,
  settings: EndpointerSettings,
  frame: { readonly samples: number; readonly probability: number },
): OpenSpeech | null {
  const onset = state.processedSample;
  const running = state.open !== null && state.open.endSample >= onset;
  const speech = frame.probability >= (running ? settings.releaseThreshold : settings.threshold);
  if (!speech) return state.open;
  return {
    startSample: state.open?.startSample ?? onset,
    decodeStartSample:
      state.open?.decodeStartSample ?? Math.max(state.floorSample, onset - msToSamples(settings.preRollMs)),
    endSample: onset + frame.samples,
    speechSamples: (state.open?.speechSamples ?? 0) + frame.samples,
  };
}

function dueCause(
  open: OpenSpeech,
  silence: number,
  processedSample: number,
  settings: EndpointerSettings,
): CutStep['due'] {
  const isFragment = open.speechSamples < msToSamples(settings.fragmentMsMax);
  const hangoverMs = Math.max(settings.hangoverMs, isFragment ? settings.fragmentHangoverMs : 0);
  if (silence >= msToSamples(hangoverMs)) return 'pause';
  const lengthMs = samplesToMs(open.endSample - open.startSample);
  if (lengthMs >= settings.pauseCutAfterMs && silence >= msToSamples(cuttingPauseMs(lengthMs, settings)))
    return 'long';
  if (processedSample - open.startSample < msToSamples(settings.segmentMsMax)) return null;
  return silence >= msToSamples(settings.pauseCutMs) ? 'long' : 'hard';
}

/** The longer somebody speaks, the shorter a pause will do. */
function cuttingPauseMs(lengthMs: number, settings: EndpointerSettings): number {
  const { hangoverMs, pauseCutMs, pauseCutAfterMs, pauseCutEaseMs } = settings;
  const eased = pauseCutEaseMs === 0 ? 1 : Math.min(1, (lengthMs - pauseCutAfterMs) / pauseCutEaseMs);
  return hangoverMs + eased * (Math.min(pauseCutMs, hangoverMs) - hangoverMs);
}

/** The state after open speech was cut where it ended: what follows starts anew. */
export function closeCut(state: CutState): CutState {
  return { ...state, open: null, floorSample: state.open?.endSample ?? state.floorSample };
}

/** The state after a cut at `cutSample` in the middle of `open`: speech after the cut stays open. */
export function splitCut(state: CutState, open: OpenSpeech, cutSample: number): CutState {
  const goesOn = open.endSample > cutSample;
  return {
    ...state,
    floorSample: goesOn ? cutSample : open.endSample,
    open: goesOn
      ? {
          startSample: cutSample,
          decodeStartSample: cutSample,
          endSample: open.endSample,
          speechSamples: open.endSample - cutSample,
        }
      : null,
  };
}
