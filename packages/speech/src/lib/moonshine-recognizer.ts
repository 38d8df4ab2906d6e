import { msToSamples, samplesToMs, TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import { DecodeQueue } from './decode-queue.ts';
import type { ModelFile } from './model-file.ts';
import { prepareModel, type ModelRewrite } from './model-rewrite/prepared-model.ts';
import { guardRepetition } from './repetition-guard.ts';
import { loadSherpaRuntime, type SherpaRecognizer } from './sherpa-runtime.ts';
import { speechError } from './speech-error.ts';
import type { RecognizedSpeech, SpeechAudio, SpeechRecognizer } from './speech-recognizer.ts';
import { ensureTokenTable } from './token-table.ts';
import { upsample8To16 } from './upsample.ts';
import { formatUtteranceText } from './utterance-text.ts';

export type MoonshineModel = 'base' | 'tiny';

export interface MoonshineOptions {
  /** `base`: 1.8 % WER at 0.07 x real time on one thread; `tiny`: 3.9 % at 0.04. Default `base`. */
  readonly model?: MoonshineModel;
  /** Where the token table (0.5 MB) and rewritten models (75 MB) are kept; made where they are missing. */
  readonly cacheDirectory: string;
  /** `auto` rewrites the models for processors with VNNI: about 45 % less work, words as before. Default `auto`. */
  readonly rewrite?: ModelRewrite;
  /** Decodes at work at once, one thread each. Default 2. */
  readonly decodesInFlightMax?: number;
  /** Decodes of each priority that may wait; one more fails with `speech.queue-full`. Default 256. */
  readonly queuedDecodesMax?: number;
}

const PACKAGE = '@usefulsensors/moonshine-js';
export const moonshineModels: Readonly<
  Record<MoonshineModel, { readonly encoder: ModelFile; readonly decoder: ModelFile }>
> = {
  base: {
    encoder: {
      packageName: PACKAGE,
      path: 'dist/model/base/quantized/encoder_model.onnx',
      sha256: '1dd9ab0a7f987113d30affcba5a068d11c8f90fa0223caa3e491ade431ad9751',
    },
    decoder: {
      packageName: PACKAGE,
      path: 'dist/model/base/quantized/decoder_model_merged.onnx',
      sha256: 'cc9f3cd6698a369c6008b41aa60aa3fb3322e7f03c9bdf19d8e6b7200afca4f3',
    },
  },
  tiny: {
    encoder: {
      packageName: PACKAGE,
      path: 'dist/model/tiny/quantized/encoder_model.onnx',
      sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
    },
    decoder: {
      packageName: PACKAGE,
      path: 'dist/model/tiny/quantized/decoder_model_merged.onnx',
      sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
    },
  },
};

const LANGUAGE = 'en';
const MODEL_RATE_HZ = 2 * TELEPHONY_SAMPLE_RATE_HZ;
/** Upstream reports repeated phrases on long input; the longest segment with its rolls stays below. */
const AUDIO_MS_MAX = 17_000;
/** The endpointer's rolls around the speech; what is left over is how long somebody spoke. */
const ROLLS_MS = 410;
const RETRY_SPEECH_MS_MIN = 250;
const RETRY_LEAD_MS_LESS = 150;

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
  const native = await loadNative(options);
  return {
    capabilities: { languages: [LANGUAGE], wordTimes: false },
    recognize: async (audio) => {
      checkAudio(audio);
      if (audio.pcm.length === 0) return { text: '' };
      return await queue.run(async () => await decodeWithRetry(native, audio.pcm), audio);
    },
    close: async () => {
      await queue.close();
    },
  };
}

async function loadNative(options: MoonshineOptions): Promise<SherpaRecognizer> {
  const files = moonshineModels[options.model ?? 'base'];
  const tokens = await ensureTokenTable(options.cacheDirectory);
  // One after the other: rewriting holds a model twice.
  const encoder = await prepareModel(files.encoder, options);
  const mergedDecoder = await prepareModel(files.decoder, options);
  try {
    return await loadSherpaRuntime().OfflineRecognizer.createAsync({
      featConfig: { sampleRate: MODEL_RATE_HZ, featureDim: 80 },
      modelConfig: {
        moonshine: { encoder, mergedDecoder },
        tokens,
        // A second thread per decode doubles the CPU and wins nothing; two decodes at a time do better.
        numThreads: 1,
        provider: 'cpu',
        debug: 0,
      },
    });
  } catch (cause) {
    throw speechError('speech.model-load-failed', `Cannot load Moonshine ${options.model ?? 'base'}`, cause);
  }
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

/** The model hears nothing in some speech that opens with a long lead; a shorter one often mends it. */
async function decodeWithRetry(native: SherpaRecognizer, pcm: Int16Array): Promise<RecognizedSpeech> {
  const text = await decode(native, pcm);
  if (text !== '' || pcm.length < msToSamples(ROLLS_MS + RETRY_SPEECH_MS_MIN)) return { text };
  return { text: await decode(native, pcm.subarray(msToSamples(RETRY_LEAD_MS_LESS))) };
}

async function decode(native: SherpaRecognizer, pcm: Int16Array): Promise<string> {
  try {
    const stream = native.createStream();
    stream.acceptWaveform({ samples: upsample8To16(pcm), sampleRate: MODEL_RATE_HZ });
    const decoded = await native.decodeAsync(stream);
    return formatUtteranceText(guardRepetition(decoded, samplesToMs(pcm.length)));
  } catch (cause) {
    throw speechError('speech.decode-failed', `Cannot decode ${pcm.length} samples`, cause);
  }
}
