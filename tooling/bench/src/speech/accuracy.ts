import {
  evaluateClips,
  hearClip,
  type ClipCuts,
  type ClipDecode,
  type ClipListener,
  type Evaluation,
} from '@earshot/speech/word-errors';
import type { SpokenClip } from './speech-clips.ts';

export interface Accuracy {
  readonly evaluation: Evaluation;
  /** In the order of the clips. */
  readonly texts: readonly string[];
  readonly decodes: readonly ClipDecode[];
}

/** Listens to all clips, one after the other. */
export async function measureAccuracy(
  clips: readonly SpokenClip[],
  cuts: ClipCuts,
  listener: ClipListener,
): Promise<Accuracy> {
  const hearings = [];
  for (const clip of clips) {
    listener.signal?.throwIfAborted();
    hearings.push({ clip, heard: await hearClip(clip.pcm, cuts, listener) });
  }
  return {
    evaluation: evaluateClips(
      hearings.map(({ clip: { file, source, transcript }, heard: { text, decodeMs } }) => ({
        file,
        source,
        reference: transcript,
        hypothesis: text,
        decodeMs,
      })),
    ),
    texts: hearings.map(({ heard }) => heard.text),
    decodes: hearings.flatMap(({ heard }) => heard.decodes),
  };
}
