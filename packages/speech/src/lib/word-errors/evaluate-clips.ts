import { countWordErrors, wordErrorRate, type WordErrors } from './word-errors.ts';

export interface HeardClip {
  readonly file: string;
  readonly source: string;
  /** The words that were said. Customer words may be among them. */
  readonly reference: string;
  readonly hypothesis: string;
  readonly decodeMs: number;
}

export interface EvaluatedClip {
  readonly file: string;
  readonly wer: number;
  readonly reference: string;
  readonly hypothesis: string;
  readonly decodeMs: number;
}

/** Rates are errors per word: 0.018 is 1.8 %. */
export interface Evaluation {
  readonly wer: number;
  readonly bySource: Readonly<Record<string, number>>;
  /** The worst first; of equals the one with more wrong words. */
  readonly clips: readonly EvaluatedClip[];
}

/** Word error rates over all, by source and by clip. */
export function evaluateClips(heard: readonly HeardClip[]): Evaluation {
  const scored = heard.map((clip) => ({ clip, errors: countWordErrors(clip.reference, clip.hypothesis) }));
  const bySource = new Map<string, WordErrors[]>();
  for (const { clip, errors } of scored) {
    bySource.set(clip.source, [...(bySource.get(clip.source) ?? []), errors]);
  }
  const worstFirst = scored
    .map(({ clip, errors }) => ({ clip, words: errors.words, wer: wordErrorRate([errors]) }))
    .sort((a, b) => b.wer - a.wer || b.words - a.words || (a.clip.file < b.clip.file ? -1 : 1));
  return {
    wer: wordErrorRate(scored.map(({ errors }) => errors)),
    bySource: Object.fromEntries([...bySource].map(([source, errors]) => [source, wordErrorRate(errors)])),
    clips: worstFirst.map(({ clip: { file, reference, hypothesis, decodeMs }, wer }) => ({
      file,
      wer,
      reference,
      hypothesis,
      decodeMs,
    })),
  };
}
