import { createCustomVocabularyBody } from '../generated/validators.gen.ts';
import type { CreateCustomVocabularyBody } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Problem, type Validation } from './validation.ts';

/** Checks a create body. How many entries there are already, and which, is the store's business. */
export function validateCreateCustomVocabularyBody(value: unknown): Validation<CreateCustomVocabularyBody> {
  const schemaProblems = problemsOf(createCustomVocabularyBody, value);
  const body = asCreateCustomVocabularyBody(value);
  const problems = schemaProblems.length > 0 ? schemaProblems : silentTexts(body);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: body };
}

const SPEAKABLE = /[\p{L}\p{N}]/u;

function silentTexts({ phrase, soundsLike }: CreateCustomVocabularyBody): readonly Problem[] {
  const texts = [
    { pointer: '/phrase', text: phrase },
    ...soundsLike.map((text, index) => ({ pointer: `/soundsLike/${index}`, text })),
  ];
  return texts
    .filter(({ text }) => !SPEAKABLE.test(text))
    .map(({ pointer }) => ({ pointer, message: 'must hold a letter or a digit' }));
}

/** Used only when the compiled check of the same schema passed. */
function asCreateCustomVocabularyBody(value: unknown): CreateCustomVocabularyBody {
  return value as CreateCustomVocabularyBody;
}
