import { createRequire } from 'node:module';
import { speechError } from './speech-error.ts';

/** What we use of `sherpa-onnx-node`, whose own typings lack `mergedDecoder`. */
export interface SherpaRuntime {
  readonly OfflineRecognizer: {
    createAsync(config: SherpaRecognizerConfig): Promise<SherpaRecognizer>;
  };
}

export interface SherpaRecognizerConfig {
  readonly featConfig: { readonly sampleRate: number; readonly featureDim: number };
  readonly modelConfig: {
    readonly moonshine: { readonly encoder: string; readonly mergedDecoder: string };
    readonly tokens: string;
    readonly numThreads: number;
    readonly provider: 'cpu';
    readonly debug: 0 | 1;
  };
}

export interface SherpaRecognizer {
  createStream(): SherpaStream;
  decodeAsync(stream: SherpaStream): Promise<{ readonly text: string; readonly tokens: readonly string[] }>;
}

/** Used once, by one decode. */
export interface SherpaStream {
  acceptWaveform(audio: { readonly samples: Float32Array; readonly sampleRate: number }): void;
}

const load = createRequire(import.meta.url);

/** Loads the native addon on first use, so that importing this package costs nothing. */
export function loadSherpaRuntime(): SherpaRuntime {
  try {
    return asSherpaRuntime(load('sherpa-onnx-node'));
  } catch (cause) {
    throw speechError(
      'speech.model-load-failed',
      `Cannot load sherpa-onnx-node for ${process.platform}-${process.arch}`,
      cause,
    );
  }
}

/** Guaranteed by the pinned version 1.13.8; the recogniser's tests run it. */
function asSherpaRuntime(module: unknown): SherpaRuntime {
  return module as SherpaRuntime;
}
