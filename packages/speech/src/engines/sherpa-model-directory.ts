import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { speechError } from '../lib/speech-error.ts';

const SHERPA_MODELS = ['moonshine', 'whisper', 'transducer', 'nemo-parakeet', 'zipformer-streaming'] as const;
/** Families of sherpa-onnx models, by the way they are loaded. */
export type SherpaModel = (typeof SHERPA_MODELS)[number];

type FileRole = 'encoder' | 'decoder' | 'mergedDecoder' | 'joiner' | 'tokens';

/** Paths of the files a family is loaded from. */
export interface SherpaModelFiles {
  readonly model: SherpaModel;
  readonly tokens: string;
  readonly encoder: string;
  /** The merged one of `moonshine`. */
  readonly decoder: string;
  /** Of the families with a joiner; empty for the others. */
  readonly joiner: string;
}

/** By the names upstream gives its files, for example `tiny.en-encoder.int8.onnx`. */
const patterns: Readonly<Record<FileRole, { readonly regex: RegExp; readonly shown: string }>> = {
  encoder: { regex: /(?:^|[-_.])encoder[-_.\w]*\.(?:onnx|ort)$/, shown: '*encoder*.onnx' },
  decoder: { regex: /(?:^|[-_.])decoder(?!_model_merged)[-_.\w]*\.(?:onnx|ort)$/, shown: '*decoder*.onnx' },
  mergedDecoder: {
    regex: /decoder_model_merged[-_.\w]*\.(?:onnx|ort)$/,
    shown: 'decoder_model_merged*.onnx',
  },
  joiner: { regex: /(?:^|[-_.])joiner[-_.\w]*\.(?:onnx|ort)$/, shown: '*joiner*.onnx' },
  tokens: { regex: /(?:^|[-_.])tokens\.txt$/, shown: '*tokens.txt' },
};

const roles: Readonly<Record<SherpaModel, readonly FileRole[]>> = {
  moonshine: ['encoder', 'mergedDecoder', 'tokens'],
  whisper: ['encoder', 'decoder', 'tokens'],
  transducer: ['encoder', 'decoder', 'joiner', 'tokens'],
  'nemo-parakeet': ['encoder', 'decoder', 'joiner', 'tokens'],
  'zipformer-streaming': ['encoder', 'decoder', 'joiner', 'tokens'],
};

/**
 * The files of a model directory; without `model` the family is told from their names. Of several for one role the
 * int8 one is taken. Throws `speech.model-missing` with the role that has no file.
 */
export async function readModelDirectory(directory: string, model?: SherpaModel): Promise<SherpaModelFiles> {
  const names = await namesIn(directory);
  const family = model ?? detectModel(basename(directory), names);
  const pick = (role: FileRole): string => {
    const name = nameFor(names, role);
    if (name !== undefined) return join(directory, name);
    throw speechError(
      'speech.model-missing',
      `Cannot use model directory ${directory} as ${family}: no file ${patterns[role].shown}`,
    );
  };
  const [encoder = '', decoder = ''] = roles[family].map(pick);
  return {
    model: family,
    encoder,
    decoder,
    joiner: roles[family].includes('joiner') ? pick('joiner') : '',
    tokens: pick('tokens'),
  };
}

function detectModel(directoryName: string, names: readonly string[]): SherpaModel {
  if (nameFor(names, 'mergedDecoder') !== undefined) return 'moonshine';
  if (nameFor(names, 'joiner') === undefined) return 'whisper';
  const encoder = nameFor(names, 'encoder') ?? '';
  // Only streaming encoders are exported for a chunk size.
  if (/chunk-\d/.test(encoder) || /streaming/.test(directoryName)) return 'zipformer-streaming';
  const isNemo = /nemo|parakeet/i.test(directoryName) || /^encoder(?:\.int8|\.fp16)?\.onnx$/.test(encoder);
  return isNemo ? 'nemo-parakeet' : 'transducer';
}

function nameFor(names: readonly string[], role: FileRole): string | undefined {
  const fitting = names.filter((name) => patterns[role].regex.test(name));
  return fitting.find((name) => /int8|quantized/.test(name)) ?? fitting[0];
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).toSorted();
  } catch (cause) {
    throw speechError('speech.model-missing', `Cannot read model directory ${directory}`, cause);
  }
}
