import { putRedactionPolicyBody, updateRedactionEntityBody } from '../generated/validators.gen.ts';
import type { PutRedactionPolicyBody, UpdateRedactionEntityBody } from './contract-types.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Problem, type Validation } from './validation.ts';

export function validateUpdateRedactionEntityBody(value: unknown): Validation<UpdateRedactionEntityBody> {
  const problems = problemsOf(updateRedactionEntityBody, value);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: asUpdateRedactionEntityBody(value) };
}

/** Checks the shape of a policy. Which entities there are and what a pattern may be is the redactor's business. */
export function validatePutRedactionPolicyBody(value: unknown): Validation<PutRedactionPolicyBody> {
  const schemaProblems = problemsOf(putRedactionPolicyBody, value);
  const body = asPutRedactionPolicyBody(value);
  const problems = schemaProblems.length > 0 ? schemaProblems : policyProblems(body);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: body };
}

function policyProblems({ mode, entities, customRules = [] }: PutRedactionPolicyBody): readonly Problem[] {
  const missing = mode === 'custom' && entities === undefined;
  return [
    ...(missing ? [{ pointer: '/entities', message: 'is required when mode is "custom"' }] : []),
    ...customRules.flatMap(({ name, pattern }, index) => {
      const at = `/customRules/${index}`;
      const same = customRules.findIndex((other) => other.name === name);
      return [
        ...(same < index
          ? [{ pointer: `${at}/name`, message: `must differ from that of rule ${same}` }]
          : []),
        ...(pattern.isWellFormed() ? [] : [{ pointer: `${at}/pattern`, message: 'must be Unicode text' }]),
      ];
    }),
  ];
}

/** Used only when the compiled check of the same schema passed. */
function asUpdateRedactionEntityBody(value: unknown): UpdateRedactionEntityBody {
  return value as UpdateRedactionEntityBody;
}

/** Used only when the compiled check of the same schema passed. */
function asPutRedactionPolicyBody(value: unknown): PutRedactionPolicyBody {
  return value as PutRedactionPolicyBody;
}
