import { samplesToMs } from '@earshot/domain';
import type { EndpointerOptions } from '../endpointer-options.ts';
import type { SpeechAudio, SpeechRecognizer } from '../speech-recognizer.ts';
import { transcribePcm } from '../transcribe-pcm.ts';
import type { VoiceActivityDetector } from '../voice-activity.ts';

/** `whole`: one decode a clip. `endpointer`: cut where people pause, as a call is. */
export type ClipCuts = 'whole' | 'endpointer';

export interface ClipHearing {
  readonly text: string;
  /** Time from handing audio to the recogniser until its text, all decodes of the clip together. */
  readonly decodeMs: number;
  /** Each decode by itself. */
  readonly decodes: readonly ClipDecode[];
}

export interface ClipDecode {
  readonly audioMs: number;
  readonly decodeMs: number;
}

export interface ClipListener {
  readonly detector: Pick<VoiceActivityDetector, 'open'>;
  readonly recognizer: Pick<SpeechRecognizer, 'recognize'>;
  /** BCP 47 tag. */
  readonly language: string;
  readonly options?: EndpointerOptions;
  readonly signal?: AbortSignal;
}

/** Recognisers are not to be trusted with more at once. */
const WHOLE_MS_MAX = 15_000;

/**
 * What is heard in one recording at 8 kHz. One decode at a time, so that a time is that of the decode alone. A clip
 * longer than 15 s goes through the endpointer in any case, and so does one that is found empty as a whole:
 * recognisers may miss speech behind a long silence.
 */
export async function hearClip(
  pcm: Int16Array,
  cuts: ClipCuts,
  listener: ClipListener,
): Promise<ClipHearing> {
  const decodes: ClipDecode[] = [];
  const recognize = async (audio: SpeechAudio) => {
    const startedAt = performance.now();
    const heard = await listener.recognizer.recognize(audio);
    decodes.push({ audioMs: samplesToMs(audio.pcm.length), decodeMs: performance.now() - startedAt });
    return heard;
  };
  const { language, signal } = listener;
  let text = '';
  if (cuts === 'whole' && samplesToMs(pcm.length) <= WHOLE_MS_MAX)
    ({ text } = await recognize({ pcm, language, ...(signal && { signal }) }));
  if (text === '')
    text = await hearSegments(pcm, { ...listener, recognizer: { recognize: inTurn(recognize) } });
  return { text, decodeMs: decodes.reduce((sum, each) => sum + each.decodeMs, 0), decodes };
}

async function hearSegments(pcm: Int16Array, listener: ClipListener): Promise<string> {
  const texts: string[] = [];
  for await (const speech of transcribePcm({ pcm, ...listener })) texts.push(speech.text);
  return texts.join(' ');
}

function inTurn<A, T>(work: (argument: A) => Promise<T>): (argument: A) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return async (argument) => {
    const turn = before.then(
      () => work(argument),
      () => work(argument),
    );
    before = turn;
    return await turn;
  };
}
