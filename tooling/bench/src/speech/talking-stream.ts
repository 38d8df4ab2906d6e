import { setTimeout as delay } from 'node:timers/promises';
import { msToSamples, samplesToMs } from '@earshot/domain';
import {
  Endpointer,
  type RecognizedSpeech,
  type SpeechRecognizer,
  type SpeechSegment,
  type VoiceActivityDetector,
} from '@earshot/speech';

/** One text of a stream, ms on the clock of `performance.now()`. */
export interface HeardSegment {
  /** When the last sample of the speech was spoken. */
  readonly spokenAtMs: number;
  readonly textAtMs: number;
  readonly cutAtMs: number;
  readonly degraded: boolean;
}

export interface TalkingStreamOptions {
  readonly pcm: Int16Array;
  readonly startAtMs: number;
  readonly callId: string;
  readonly detector: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
  readonly signal: AbortSignal;
  readonly onAsked: () => void;
  readonly onAnswered: () => void;
}

interface EarlyAnswer {
  readonly segment: SpeechSegment;
  readonly text: Promise<RecognizedSpeech>;
  readonly confirmed: AbortController;
  readonly refuted: AbortController;
}

const CHUNK_SAMPLES = msToSamples(64);

/**
 * Speaks `pcm` in real time, in blocks of 64 ms as Connect sends them, through endpointer and recogniser; asks for
 * likely ends of speech early, as ingest does. Resolves with all texts once the last one is there.
 */
export async function talk(options: TalkingStreamOptions): Promise<HeardSegment[]> {
  const { pcm, startAtMs, signal } = options;
  const endpointer = Endpointer.create(options.detector);
  const heard: Promise<HeardSegment | undefined>[] = [];
  let early: EarlyAnswer | undefined;
  for (let offset = 0; offset < pcm.length; offset += CHUNK_SAMPLES) {
    const chunk = pcm.subarray(offset, offset + CHUNK_SAMPLES);
    await until(startAtMs + samplesToMs(offset + chunk.length), signal);
    for (const segment of await endpointer.push(chunk)) {
      heard.push(hear(segment, options, claim(early, segment)));
      early = undefined;
    }
    early = follow(early, endpointer.likely, options);
  }
  early?.refuted.abort();
  return (await Promise.all(heard)).filter((segment) => segment !== undefined);
}

async function until(atMs: number, signal: AbortSignal): Promise<void> {
  await delay(Math.max(0, atMs - performance.now()), undefined, { signal });
}

async function hear(
  segment: SpeechSegment,
  options: TalkingStreamOptions,
  early: Promise<RecognizedSpeech> | undefined,
): Promise<HeardSegment | undefined> {
  const cutAtMs = performance.now();
  const { text, degraded } = await (early ?? ask(segment, options, {}));
  const textAtMs = performance.now();
  const spokenAtMs = options.startAtMs + samplesToMs(segment.endSample);
  return text === '' ? undefined : { spokenAtMs, textAtMs, cutAtMs, degraded: degraded !== undefined };
}

function follow(
  early: EarlyAnswer | undefined,
  likely: SpeechSegment | undefined,
  options: TalkingStreamOptions,
): EarlyAnswer | undefined {
  if (early !== undefined && early.segment === likely) return early;
  early?.refuted.abort();
  if (likely === undefined) return undefined;
  const [confirmed, refuted] = [new AbortController(), new AbortController()];
  const text = ask(likely, options, {
    priority: 'speculative',
    promotion: confirmed.signal,
    signal: refuted.signal,
  });
  // Whoever claims it meets its failure.
  text.catch(() => undefined);
  return { segment: likely, text, confirmed, refuted };
}

function claim(early: EarlyAnswer | undefined, cut: SpeechSegment): Promise<RecognizedSpeech> | undefined {
  const isSame =
    early?.segment.decodeStartSample === cut.decodeStartSample &&
    early.segment.decodeEndSample === cut.decodeEndSample;
  if (!isSame) {
    early?.refuted.abort();
    return undefined;
  }
  early.confirmed.abort();
  return early.text;
}

async function ask(
  { pcm }: SpeechSegment,
  { recognizer, callId, onAsked, onAnswered }: TalkingStreamOptions,
  how: Pick<Parameters<SpeechRecognizer['recognize']>[0], 'priority' | 'promotion' | 'signal'>,
): Promise<RecognizedSpeech> {
  onAsked();
  try {
    return await recognizer.recognize({ pcm, language: 'en-US', callId, ...how });
  } finally {
    onAnswered();
  }
}
