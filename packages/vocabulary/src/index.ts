export {
  createVocabulary,
  type CorrectedText,
  type Correction,
  type Vocabulary,
  type VocabularyEntry,
} from './lib/vocabulary.ts';
