export {
  CORPUS_HALVES,
  CORPUS_SOURCES,
  CORPUS_STYLES,
  readCorpus,
  type CorpusHalf,
  type CorpusSource,
  type CorpusStyle,
  type LabelledSpan,
  type LabelledTurn,
} from './corpus.ts';
export { maskWithEngine } from './mask-with-engine.ts';
export {
  scoreCorpus,
  sumOf,
  type ConversationMasker,
  type MaskedTurn,
  type Score,
  type ScoreOptions,
  type Tally,
} from './score.ts';
