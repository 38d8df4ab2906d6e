export {
  evaluateClips,
  type EvaluatedClip,
  type Evaluation,
  type HeardClip,
} from './lib/word-errors/evaluate-clips.ts';
export { parseEvaluationManifest, type EvaluationClip } from './lib/word-errors/evaluation-manifest.ts';
export {
  hearClip,
  type ClipCuts,
  type ClipDecode,
  type ClipHearing,
  type ClipListener,
} from './lib/word-errors/hear-clip.ts';
export { normalisedWords } from './lib/word-errors/normalised-words.ts';
export { countWordErrors, wordErrorRate, type WordErrors } from './lib/word-errors/word-errors.ts';
