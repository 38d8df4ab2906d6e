import { samplesToMs, TELEPHONY_SAMPLE_RATE_HZ } from '@earshot/domain';
import type { ModelFile } from './model-file.ts';
import { prepareModel, type ModelRewrite } from './model-rewrite/prepared-model.ts';
import { guardRepetition } from './repetition-guard.ts';
import { loadSherpaRuntime, type SherpaRecognizer } from './sherpa-runtime.ts';
import { speechError } from './speech-error.ts';
import { levelSpeech } from './speech-level.ts';
import { ensureTokenTable } from './token-table.ts';
import { upsample8To16 } from './upsample.ts';
import { formatUtteranceText } from './utterance-text.ts';

export type MoonshineModel = 'base' | 'tiny';

export interface MoonshineModelOptions {
  readonly cacheDirectory: string;
  readonly rewrite?: ModelRewrite | undefined;
}

/** Text of 8 kHz mono; empty where no words were heard. May be called many times at once. */
export type DecodePcm = (pcm: Int16Array) => Promise<string>;

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

const MODEL_RATE_HZ = 2 * TELEPHONY_SAMPLE_RATE_HZ;

/** Throws `speech.model-missing`, `speech.model-corrupt`, `speech.model-load-failed`, `speech.cache-failed`. */
export async function loadMoonshine(
  model: MoonshineModel,
  options: MoonshineModelOptions,
): Promise<DecodePcm> {
  const native = await loadNative(model, options);
  // Measured: `base` makes fewer errors at one level, `tiny` makes more.
  const levelled = model === 'base' ? levelSpeech : (pcm: Int16Array): Int16Array => pcm;
  return async (pcm) => {
    try {
      const stream = native.createStream();
      stream.acceptWaveform({ samples: upsample8To16(levelled(pcm)), sampleRate: MODEL_RATE_HZ });
      const decoded = await native.decodeAsync(stream);
      return formatUtteranceText(guardRepetition(decoded, samplesToMs(pcm.length)));
    } catch (cause) {
      throw speechError('speech.decode-failed', `Cannot decode ${pcm.length} samples`, cause);
    }
  };
}

async function loadNative(model: MoonshineModel, options: MoonshineModelOptions): Promise<SherpaRecognizer> {
  const files = moonshineModels[model];
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
    throw speechError('speech.model-load-failed', `Cannot load Moonshine ${model}`, cause);
  }
}
