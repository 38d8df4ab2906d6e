import type { OpenSpeech } from './cut-machine.ts';
import type { PcmWindow } from './pcm-window.ts';
import type { SpeechCutCause, SpeechSegment } from './speech-segment.ts';

/** `open` as a segment: decoded up to `postRollSamples` after its last speech, as far as the window reaches. */
export function sliceSegment(
  window: PcmWindow,
  open: OpenSpeech,
  postRollSamples: number,
  cause: SpeechCutCause,
): SpeechSegment {
  const decodeEndSample = Math.min(window.endSample, open.endSample + postRollSamples);
  return slice(window, open, Math.min(window.endSample, open.endSample), decodeEndSample, cause);
}

/** What of `open` stands before `cutSample`, decoded up to there. */
export function sliceHardSegment(window: PcmWindow, open: OpenSpeech, cutSample: number): SpeechSegment {
  return slice(window, open, Math.min(open.endSample, cutSample), cutSample, 'hard');
}

function slice(
  window: PcmWindow,
  open: OpenSpeech,
  endSample: number,
  decodeEndSample: number,
  cause: SpeechCutCause,
): SpeechSegment {
  return {
    startSample: open.startSample,
    endSample,
    decodeStartSample: open.decodeStartSample,
    decodeEndSample,
    pcm: window.view(open.decodeStartSample, decodeEndSample).slice(),
    cause,
  };
}
