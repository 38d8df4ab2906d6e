import { samplesToMs } from '@earshot/domain';
import { decodeWithModels, type DecodeModels } from './decode-with-models.ts';
import { DecodeQueue } from './decode-queue.ts';
import type { ModelRewrite } from './model-rewrite/prepared-model.ts';
import { loadMoonshine, type MoonshineModel } from './moonshine-model.ts';
import { withoutPhantom } from './phantom-text.ts';
import { speechError } from './speech-error.ts';
import type { SpeechAudio, SpeechRecognizer } from './speech-recognizer.ts';

/** `never`, or a second model for finals that have waited and for speech that the first is deaf to. */
export type SmallModelUse = 'never' | 'under-pressure';

export interface MoonshineOptions {
  /** `base`: 1.8 % WER at 0.07 x real time on one thread; `tiny`: 3.9 % at 0.04. Default `base`. */
  readonly model?: MoonshineModel;
  /** Where the token table (0.5 MB) and rewritten models (75 MB) are kept; made where they are missing. */
  readonly cacheDirectory: string;
  /** `auto` rewrites the models for processors with VNNI: about 45 % less work, words as before. Default `auto`. */
  readonly rewrite?: ModelRewrite;
  /**
   * `under-pressure` loads `tiny` beside `base` (about 0.25 GB more): its texts are marked `degraded`, and depend on
   * how busy the recogniser is. Default `never`.
   */
  readonly smallModel?: SmallModelUse;
  /** A final that has waited longer than this is decoded by the small model, ms. Default 150. */
  readonly smallModelWaitMs?: number;
  /** A lone "Thank you." and its like are dropped where less voice than this is in the audio, ms. Default 60. */
  readonly phantomVoicedMsMin?: number;
  /** Decodes at work at once, one thread each. Default 2. */
  readonly decodesInFlightMax?: number;
  /** Decodes of each priority that may wait; one more fails with `speech.queue-full`. Default 256. */
  readonly queuedDecodesMax?: number;
}

const LANGUAGE = 'en';
/** Upstream reports repeated phrases on long input; the longest segment with its rolls stays below. */
const AUDIO_MS_MAX = 17_000;

/**
 * Moonshine through sherpa-onnx, English only, no word times. One per process: about 0.5 GB of memory.
 *
 * Throws `speech.model-missing`, `speech.model-corrupt`, `speech.model-load-failed`, `speech.cache-failed`.
 */
export async function createMoonshineRecognizer(options: MoonshineOptions): Promise<SpeechRecognizer> {
  const queue = new DecodeQueue({
    inFlightMax: options.decodesInFlightMax ?? 2,
    queuedMax: options.queuedDecodesMax ?? 256,
  });
  const models = await loadModels(options);
  return {
    capabilities: { languages: [LANGUAGE], wordTimes: false, partials: 'whole' },
    recognize: async (audio) => {
      checkAudio(audio);
      if (audio.pcm.length === 0) return { text: '' };
      const heard = await queue.run(async (turn) => await decodeWithModels(models, audio.pcm, turn), audio);
      return withoutPhantom(heard, audio.pcm, options.phantomVoicedMsMin);
    },
    close: async () => {
      await queue.close();
    },
  };
}

async function loadModels(options: MoonshineOptions): Promise<DecodeModels> {
  const model = options.model ?? 'base';
  const hasSmall = options.smallModel === 'under-pressure' && model !== 'tiny';
  return {
    main: await loadMoonshine(model, options),
    small: hasSmall ? await loadMoonshine('tiny', options) : undefined,
    smallModelWaitMs: options.smallModelWaitMs ?? 150,
  };
}

function checkAudio({ pcm, language }: SpeechAudio): void {
  if (language.split('-')[0]?.toLowerCase() !== LANGUAGE) {
    throw speechError(
      'speech.language-unsupported',
      `Cannot recognise language ${JSON.stringify(language.slice(0, 35))}: only ${LANGUAGE} is supported`,
    );
  }
  const durationMs = samplesToMs(pcm.length);
  if (durationMs > AUDIO_MS_MAX) {
    throw speechError(
      'speech.audio-too-long',
      `Cannot recognise ${Math.ceil(durationMs)} ms of audio: limit ${AUDIO_MS_MAX} ms`,
    );
  }
}
