import type { CompiledCheck, CompiledViolation } from './compiled-check.ts';
import type { ErrorCode } from './error-codes.ts';
import { patternTexts } from '../generated/validators.gen.ts';

/** One field that is not accepted. Never holds what was sent. */
export interface Problem {
  /** JSON pointer into the body (`/guid`), or `/name` of a query parameter. Empty for the whole body. */
  readonly pointer: string;
  /** What is accepted there, to be read after the pointer: `must be "NOW" or "FRAGMENT_NUMBER"`. */
  readonly message: string;
}

export type Validation<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** What the answer has to carry. */
      readonly code: ErrorCode;
      readonly problems: readonly Problem[];
    };

/** Reported violations beyond this many are left out: a body may be wrong in any number of places. */
const PROBLEM_COUNT_MAX = 10;

export function problemsOf(check: CompiledCheck, value: unknown): readonly Problem[] {
  if (check(value)) return [];
  const problems = (check.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(describe);
  return problems.slice(0, PROBLEM_COUNT_MAX);
}

function describe({ instancePath, keyword, params }: CompiledViolation): Problem {
  if (keyword === 'required') {
    return { pointer: `${instancePath}/${text(params['missingProperty'])}`, message: 'is required' };
  }
  return { pointer: instancePath, message: accepted(keyword, params) };
}

function accepted(keyword: string, params: Readonly<Record<string, unknown>>): string {
  switch (keyword) {
    case 'type':
      return `must be ${typeName(params['type'])}`;
    case 'enum':
      return `must be ${alternatives(params['allowedValues'])}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'pattern': {
      const pattern = text(params['pattern']);
      return `must be ${patternTexts[pattern] ?? `a string that matches ${pattern}`}`;
    }
    case 'minLength':
      return params['limit'] === 1
        ? 'must not be empty'
        : `must have at least ${text(params['limit'])} characters`;
    case 'maxLength':
      return `must have at most ${text(params['limit'])} characters`;
    case 'minItems':
      return `must have at least ${text(params['limit'])} items`;
    case 'maxItems':
      return `must have at most ${text(params['limit'])} items`;
    case 'minimum':
      return `must be at least ${text(params['limit'])}`;
    case 'maximum':
      return `must be at most ${text(params['limit'])}`;
    default:
      return `must pass ${keyword}`;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

function typeName(types: unknown): string {
  const names = (Array.isArray(types) ? types : [types]).map((type) => TYPE_NAMES[text(type)] ?? text(type));
  return names.join(' or ');
}

function alternatives(values: unknown): string {
  const names = (Array.isArray(values) ? values : []).map((value) => JSON.stringify(value));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** One line for the `message` of an answer: every pointer with what is accepted there. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ pointer, message }) => `${pointer || 'body'} ${message}`).join('; ');
}
