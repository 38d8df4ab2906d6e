import { samplesToMs } from '@earshot/domain';
import { Endpointer } from './endpointer.ts';
import type { EndpointerOptions } from './endpointer-options.ts';
import type { SpeechRecognizer } from './speech-recognizer.ts';
import type { SpeechSegment } from './speech-segment.ts';
import { VAD_FRAME_SAMPLES, type VoiceActivityDetector } from './voice-activity.ts';

export interface TranscribePcmOptions {
  /** One speaker, 8 kHz mono, whole. */
  readonly pcm: Int16Array;
  readonly detector: Pick<VoiceActivityDetector, 'open'>;
  readonly recognizer: Pick<SpeechRecognizer, 'recognize'>;
  /** BCP 47 tag. */
  readonly language: string;
  readonly options?: EndpointerOptions;
  readonly signal?: AbortSignal;
}

/** Raw customer words. Times count from the first sample, whole ms. */
export interface TranscribedSpeech {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** As many decodes as a recogniser works on at once: one more would only wait. */
const DECODES_AHEAD_MAX = 2;
const PUSH_SAMPLES = 32 * VAD_FRAME_SAMPLES;

/** Transcribes a recording off line, in order of speech; segments without words are left out. */
export async function* transcribePcm(request: TranscribePcmOptions): AsyncGenerator<TranscribedSpeech> {
  const pending: Promise<TranscribedSpeech>[] = [];
  try {
    for await (const segment of segments(request)) {
      const decode = transcribeSegment(request, segment);
      // Whoever takes it from the list sees its failure; until then it must not count as unhandled.
      decode.catch(() => undefined);
      pending.push(decode);
      if (pending.length >= DECODES_AHEAD_MAX) yield* take(pending);
    }
    while (pending.length > 0) yield* take(pending);
  } finally {
    await Promise.allSettled(pending);
  }
}

async function* segments(request: TranscribePcmOptions): AsyncGenerator<SpeechSegment> {
  const endpointer = Endpointer.create(request.detector, request.options);
  for (let offset = 0; offset < request.pcm.length; offset += PUSH_SAMPLES) {
    request.signal?.throwIfAborted();
    yield* await endpointer.push(request.pcm.subarray(offset, offset + PUSH_SAMPLES));
  }
  yield* await endpointer.flush();
}

async function transcribeSegment(
  request: TranscribePcmOptions,
  segment: SpeechSegment,
): Promise<TranscribedSpeech> {
  const { text } = await request.recognizer.recognize({
    pcm: segment.pcm,
    language: request.language,
    ...(request.signal && { signal: request.signal }),
  });
  return {
    startMs: Math.round(samplesToMs(segment.startSample)),
    endMs: Math.round(samplesToMs(segment.endSample)),
    text,
  };
}

async function* take(pending: Promise<TranscribedSpeech>[]): AsyncGenerator<TranscribedSpeech> {
  const speech = await pending.shift();
  if (speech !== undefined && speech.text !== '') yield speech;
}
