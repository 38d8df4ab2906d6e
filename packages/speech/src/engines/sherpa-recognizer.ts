import { samplesToMs } from '@earshot/domain';
import { DecodeQueue } from '../lib/decode-queue.ts';
import { withoutPhantom } from '../lib/phantom-text.ts';
import { guardRepetition } from '../lib/repetition-guard.ts';
import { speechError } from '../lib/speech-error.ts';
import type { RecognizedSpeech, SpeechAudio, SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { upsample8To16 } from '../lib/upsample.ts';
import { formatUtteranceText } from '../lib/utterance-text.ts';
import { readModelDirectory, type SherpaModel } from './sherpa-model-directory.ts';
import type { SherpaAddon, SherpaResult } from './sherpa-addon.ts';
import { loadSherpaModel, type LoadedSherpa } from './sherpa-native.ts';
import { offeredLanguage, primaryLanguages } from './spoken-language.ts';
import { wordsOfTokens } from './token-words.ts';

export interface SherpaOptions {
  /** Of one model as sherpa-onnx publishes it: its `.onnx` files and its `tokens.txt`. */
  readonly modelDirectory: string;
  /** Default: told from the names of the files. */
  readonly model?: SherpaModel;
  /** Languages of the model, for example `['en']`; with one, whisper is told it, with several it listens for them. */
  readonly languages: readonly string[];
  /** Decodes at work at once, one thread each; streaming models take turns on the main thread. Default 2. */
  readonly decodesInFlightMax?: number;
  /** Decodes that may wait; one more fails with `speech.queue-full`. Default 256. */
  readonly queuedDecodesMax?: number;
}

interface Family {
  readonly audioMsMax: number;
  /** Text is made by a decoder that can run away, or make up words for noise. */
  readonly mayLoop: boolean;
  readonly wordTimes: boolean;
}

const families: Readonly<Record<SherpaModel, Family>> = {
  moonshine: { audioMsMax: 17_000, mayLoop: true, wordTimes: false },
  whisper: { audioMsMax: 29_000, mayLoop: true, wordTimes: false },
  transducer: { audioMsMax: 60_000, mayLoop: false, wordTimes: true },
  'nemo-parakeet': { audioMsMax: 60_000, mayLoop: false, wordTimes: true },
  'zipformer-streaming': { audioMsMax: 60_000, mayLoop: false, wordTimes: true },
};

/**
 * Any model directory of sherpa-onnx, on this machine. Partials of a streaming model go on from the one before of the
 * same call and the same speech.
 *
 * @param addon in place of the one that is installed
 *
 * Throws `speech.model-missing` (a file that is not there), `speech.model-load-failed`, `speech.option-invalid`.
 */
export async function createSherpaRecognizer(
  options: SherpaOptions,
  addon?: SherpaAddon,
): Promise<SpeechRecognizer> {
  const [onlyLanguage = '', ...others] = primaryLanguages(options.languages);
  if (onlyLanguage === '') {
    throw speechError('speech.option-invalid', 'Cannot use sherpa: languages is empty');
  }
  const files = await readModelDirectory(options.modelDirectory, options.model);
  const model = await loadSherpaModel(files, others.length === 0 ? onlyLanguage : '', addon);
  const family = families[files.model];
  const queue = new DecodeQueue({
    inFlightMax: options.decodesInFlightMax ?? 2,
    queuedMax: options.queuedDecodesMax ?? 256,
  });
  return {
    capabilities: {
      languages: primaryLanguages(options.languages),
      wordTimes: family.wordTimes,
      partials: model.partials === undefined ? 'whole' : 'incremental',
    },
    recognize: async (audio) => {
      checkAudio(audio, options.languages, family);
      if (audio.pcm.length === 0) return { text: '' };
      return await queue.run(async () => await recognize(model, family, audio), audio);
    },
    close: async () => {
      await queue.close();
    },
  };
}

function checkAudio({ pcm, language }: SpeechAudio, languages: readonly string[], family: Family): void {
  offeredLanguage(languages, language);
  const durationMs = samplesToMs(pcm.length);
  if (durationMs <= family.audioMsMax) return;
  throw speechError(
    'speech.audio-too-long',
    `Cannot recognise ${Math.ceil(durationMs)} ms of audio: limit ${family.audioMsMax} ms`,
  );
}

async function recognize(model: LoadedSherpa, family: Family, audio: SpeechAudio): Promise<RecognizedSpeech> {
  const result = await decodeOnce(model, audio);
  const durationMs = samplesToMs(audio.pcm.length);
  const heard = family.mayLoop ? guardRepetition(result, durationMs) : result.text;
  const text = formatUtteranceText(readable(heard));
  if (family.mayLoop) return withoutPhantom({ text }, audio.pcm);
  const words = family.wordTimes ? wordsOfTokens(text, result, durationMs) : undefined;
  return words === undefined ? { text } : { text, words };
}

async function decodeOnce(
  { decode, partials }: LoadedSherpa,
  { pcm, priority = 'final', promotion, callId = '' }: SpeechAudio,
): Promise<SherpaResult> {
  try {
    if (priority === 'partial' && partials !== undefined) return await partials.hear(callId, pcm);
    const result = await decode(upsample8To16(pcm));
    if (priority === 'final' || promotion?.aborted === true) partials?.end(callId, pcm);
    return result;
  } catch (cause) {
    throw speechError('speech.decode-failed', `Cannot decode ${pcm.length} samples`, cause);
  }
}

/** Models trained on upper-case text write nothing else. */
function readable(text: string): string {
  return /\p{Ll}/u.test(text) ? text : text.toLowerCase();
}
