import { setImmediate } from 'node:timers/promises';
import { DecodeQueue } from './lib/decode-queue.ts';
import { speechError } from './lib/speech-error.ts';
import type { SpeechAudio, SpeechRecognizer } from './lib/speech-recognizer.ts';
import {
  VAD_FRAME_SAMPLES,
  type VoiceActivityDetector,
  type VoiceActivityTrack,
} from './lib/voice-activity.ts';

/** Texts to answer with in order (empty once they are used up), or a function of what was heard. */
export type RecognizerScript = readonly string[] | ((audio: SpeechAudio) => string);

export interface ScriptedRecognizerOptions {
  /** Decodes at work at once; the rest wait as they do for a real one. Default: none waits. */
  readonly inFlightMax?: number;
  /** That may wait behind them; one more fails with `speech.queue-full`. Default: as many as come. */
  readonly queuedMax?: number;
  /** What a decode takes; by default one turn of the event loop. */
  readonly work?: (audio: SpeechAudio) => Promise<void>;
}

/** A recogniser without a model: English, deterministic, keeps the recogniser contract. */
export function createScriptedRecognizer(
  script: RecognizerScript,
  {
    inFlightMax = Number.POSITIVE_INFINITY,
    queuedMax = Number.POSITIVE_INFINITY,
    work = aTurn,
  }: ScriptedRecognizerOptions = {},
): SpeechRecognizer {
  const queue = new DecodeQueue({ inFlightMax, queuedMax });
  let calls = 0;
  const answer = typeof script === 'function' ? script : (): string => script[calls - 1] ?? '';
  return {
    capabilities: { languages: ['en'], wordTimes: false, partials: 'whole' },
    recognize: async (audio) => {
      audio.signal?.throwIfAborted();
      if (audio.language.split('-')[0] !== 'en') {
        throw speechError('speech.language-unsupported', 'Cannot recognise language: only en is supported');
      }
      if (audio.pcm.length === 0) return { text: '' };
      return await queue.run(async () => {
        calls += 1;
        const text = answer(audio);
        await work(audio);
        return { text };
      }, audio);
    },
    close: async () => {
      await queue.close();
    },
  };
}

async function aTurn(): Promise<void> {
  await setImmediate();
}

/** Probability of a frame by its position on the track, counted in frames from 0. */
export type VoiceActivityScript = (frame: Int16Array, frameIndex: number) => number;

/** By default a frame is speech where its loudest sample passes 1000. */
const loudFramesAreSpeech: VoiceActivityScript = (frame) =>
  frame.some((sample) => sample > 1000) ? 0.9 : 0.05;

/** A detector without a model; its memory is the number of frames it has heard. */
export function createScriptedDetector(
  script: VoiceActivityScript = loudFramesAreSpeech,
): VoiceActivityDetector {
  return {
    open: (snapshot) => openScriptedTrack(script, snapshot),
    close: () => Promise.resolve(),
  };
}

function openScriptedTrack(
  script: VoiceActivityScript,
  snapshot: Uint8Array | undefined,
): VoiceActivityTrack {
  if (snapshot !== undefined && snapshot.length !== 4) {
    throw speechError(
      'speech.snapshot-invalid',
      `Cannot restore voice activity: ${snapshot.length} bytes, want 4`,
    );
  }
  let heard = snapshot === undefined ? 0 : new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(0);
  return {
    probability: (frame) => {
      if (frame.length !== VAD_FRAME_SAMPLES) {
        return Promise.reject(new RangeError(`Cannot judge a frame of ${frame.length} samples`));
      }
      heard += 1;
      return Promise.resolve(script(frame, heard - 1));
    },
    snapshot: () => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, heard);
      return bytes;
    },
  };
}

/** Noise up to `amplitude` for speech, digital silence for 0: alternating runs of milliseconds. */
export function scriptedPcm(
  runs: readonly { readonly durationMs: number; readonly amplitude: number }[],
): Int16Array {
  const total = runs.reduce((sum, run) => sum + run.durationMs * 8, 0);
  const pcm = new Int16Array(total);
  let offset = 0;
  for (const { durationMs, amplitude } of runs) {
    for (const end = offset + durationMs * 8; offset < end; offset += 1) {
      pcm[offset] = Math.round(amplitude * noiseAt(offset));
    }
  }
  return pcm;
}

/** The same in every run, −1 to 1; a tone would be taken for a telephone's. */
function noiseAt(offset: number): number {
  const mixed = Math.imul(offset ^ (offset >>> 16), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) / 2 ** 31;
}
