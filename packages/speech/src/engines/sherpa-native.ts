import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { loadSherpaRuntime } from '../lib/sherpa-runtime.ts';
import { speechError } from '../lib/speech-error.ts';
import type { SherpaModelFiles } from './sherpa-model-directory.ts';

/** What every family answers; `tokens` and `timestamps` (s) may be empty. */
export interface SherpaResult {
  readonly text: string;
  readonly tokens: readonly string[];
  readonly timestamps: readonly number[];
}

export type SherpaDecode = (samples: Float32Array) => Promise<SherpaResult>;

interface NativeStream {
  acceptWaveform(audio: { readonly samples: Float32Array; readonly sampleRate: number }): void;
}
interface OfflineRecognizer {
  createStream(): NativeStream;
  decodeAsync(stream: NativeStream): Promise<SherpaResult>;
}
interface OnlineStream extends NativeStream {
  inputFinished(): void;
}
interface OnlineRecognizer {
  createStream(): OnlineStream;
  isReady(stream: OnlineStream): boolean;
  decode(stream: OnlineStream): void;
  getResult(stream: OnlineStream): SherpaResult;
}
interface NativeModule {
  readonly OfflineRecognizer: { createAsync(config: object): Promise<OfflineRecognizer> };
  readonly OnlineRecognizer: new (config: object) => OnlineRecognizer;
}

const MODEL_RATE_HZ = 16_000;
/** A streaming encoder answers for the last words only after some audio behind them. */
const TAIL_SAMPLES = 0.5 * MODEL_RATE_HZ;
const PROBE_MS_MAX = 120_000;
const PROBE_SCRIPT = `
const [addon, kind, config] = process.argv.slice(1);
new (require(addon)[kind])(JSON.parse(config));
`;

/** `language`: the only one asked for, or empty to let a multilingual model tell. */
export async function loadSherpaModel(files: SherpaModelFiles, language: string): Promise<SherpaDecode> {
  const config = nativeConfig(files, language);
  const isOnline = files.model === 'zipformer-streaming';
  await probe(files, isOnline ? 'OnlineRecognizer' : 'OfflineRecognizer', config);
  const native = asNativeModule(loadSherpaRuntime());
  try {
    if (isOnline) return onlineDecode(new native.OnlineRecognizer(config));
    return offlineDecode(await native.OfflineRecognizer.createAsync(config));
  } catch (cause) {
    throw speechError('speech.model-load-failed', `Cannot load ${files.encoder} as ${files.model}`, cause);
  }
}

function nativeConfig(files: SherpaModelFiles, language: string): object {
  const { model, encoder, decoder, joiner, tokens } = files;
  const common = { tokens, numThreads: 1, provider: 'cpu', debug: 0 };
  const featConfig = { sampleRate: MODEL_RATE_HZ, featureDim: 80 };
  switch (model) {
    case 'moonshine':
      return { featConfig, modelConfig: { ...common, moonshine: { encoder, mergedDecoder: decoder } } };
    case 'whisper': {
      const whisper = { encoder, decoder, language, task: 'transcribe', tailPaddings: -1 };
      return { featConfig, modelConfig: { ...common, whisper } };
    }
    case 'nemo-parakeet':
    case 'transducer':
    case 'zipformer-streaming': {
      const modelType = model === 'nemo-parakeet' ? 'nemo_transducer' : '';
      const modelConfig = { ...common, transducer: { encoder, decoder, joiner }, modelType };
      return { featConfig, modelConfig, decodingMethod: 'greedy_search' };
    }
  }
}

/** The library ends the whole process on a model it cannot use, so the first load is a child's. */
async function probe(files: SherpaModelFiles, kind: string, config: object): Promise<void> {
  const addon = createRequire(import.meta.url).resolve('sherpa-onnx-node');
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = execFile(
    process.execPath,
    ['-e', PROBE_SCRIPT, addon, kind, JSON.stringify(config)],
    { timeout: PROBE_MS_MAX, maxBuffer: 1024 * 1024 },
    (error, _, stderr) => {
      if (error === null) {
        resolve();
        return;
      }
      const ending = error.signal ?? `code ${error.code ?? 'unknown'}`;
      const cause = new Error(stderr.slice(-1000));
      const message = `Cannot load ${files.encoder} as ${files.model}: sherpa-onnx ended with ${ending}`;
      reject(speechError('speech.model-load-failed', message, cause));
    },
  );
  child.stdin?.end();
  await promise;
}

function offlineDecode(recognizer: OfflineRecognizer): SherpaDecode {
  return async (samples) => {
    const stream = recognizer.createStream();
    stream.acceptWaveform({ samples, sampleRate: MODEL_RATE_HZ });
    return await recognizer.decodeAsync(stream);
  };
}

/** The online decoder only works on the caller's thread: others get their turn between its steps. */
function onlineDecode(recognizer: OnlineRecognizer): SherpaDecode {
  return async (samples) => {
    const stream = recognizer.createStream();
    stream.acceptWaveform({ samples, sampleRate: MODEL_RATE_HZ });
    stream.acceptWaveform({ samples: new Float32Array(TAIL_SAMPLES), sampleRate: MODEL_RATE_HZ });
    stream.inputFinished();
    while (recognizer.isReady(stream)) {
      recognizer.decode(stream);
      await setImmediate();
    }
    return recognizer.getResult(stream);
  };
}

/** Guaranteed by the pinned version of sherpa-onnx-node; `OnlineRecognizer` by its source only. */
function asNativeModule(module: unknown): NativeModule {
  return module as NativeModule;
}
