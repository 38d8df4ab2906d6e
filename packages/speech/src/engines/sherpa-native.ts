import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { loadSherpaRuntime } from '../lib/sherpa-runtime.ts';
import { speechError } from '../lib/speech-error.ts';
import { OnlinePartials } from './online-partials.ts';
import {
  decodeReady,
  MODEL_RATE_HZ,
  type OfflineRecognizer,
  type OnlineRecognizer,
  type SherpaAddon,
  type SherpaResult,
} from './sherpa-addon.ts';
import type { SherpaModelFiles } from './sherpa-model-directory.ts';

export type SherpaDecode = (samples: Float32Array) => Promise<SherpaResult>;

/** A model in use. */
export interface LoadedSherpa {
  readonly decode: SherpaDecode;
  /** Of streaming models. */
  readonly partials: OnlinePartials | undefined;
}

/** Both sides of many calls; a stream holds some MB of a model's state. */
const FOLLOWED_MAX = 64;
/** A streaming encoder answers for the last words only after some audio behind them. */
const TAIL_SAMPLES = 0.5 * MODEL_RATE_HZ;
const PROBE_MS_MAX = 120_000;
const PROBE_SCRIPT = `
const [addon, kind, config] = process.argv.slice(1);
new (require(addon)[kind])(JSON.parse(config));
`;

/**
 * @param language the only one asked for, or empty to let a multilingual model tell
 * @param given in place of the one that is installed; models are then loaded without a child's try
 */
export async function loadSherpaModel(
  files: SherpaModelFiles,
  language: string,
  given?: SherpaAddon,
): Promise<LoadedSherpa> {
  const config = nativeConfig(files, language);
  const isOnline = files.model === 'zipformer-streaming';
  if (given === undefined) await probe(files, isOnline ? 'OnlineRecognizer' : 'OfflineRecognizer', config);
  const addon = given ?? asSherpaAddon(loadSherpaRuntime());
  try {
    if (!isOnline) {
      return {
        decode: offlineDecode(await addon.OfflineRecognizer.createAsync(config)),
        partials: undefined,
      };
    }
    const recognizer = new addon.OnlineRecognizer(config);
    const partials = new OnlinePartials(recognizer, { streamsMax: FOLLOWED_MAX });
    return { decode: onlineDecode(recognizer), partials };
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

function onlineDecode(recognizer: OnlineRecognizer): SherpaDecode {
  return async (samples) => {
    const stream = recognizer.createStream();
    stream.acceptWaveform({ samples, sampleRate: MODEL_RATE_HZ });
    stream.acceptWaveform({ samples: new Float32Array(TAIL_SAMPLES), sampleRate: MODEL_RATE_HZ });
    stream.inputFinished();
    await decodeReady(recognizer, stream);
    return recognizer.getResult(stream);
  };
}

/** Guaranteed by the pinned version of sherpa-onnx-node; `OnlineRecognizer` by its source only. */
function asSherpaAddon(module: unknown): SherpaAddon {
  return module as SherpaAddon;
}
