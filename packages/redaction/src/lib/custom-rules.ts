import { RE2JS } from 're2js';
import { ENTITY_NAMES, readEntityName } from './entities.ts';
import type { Span } from './mask-text.ts';

/** A pattern of a tenant's own. What it matches is masked wherever it stands, in the words and in the written form. */
export interface CustomRule {
  /** 1 to 64 of A-Z, 0-9 and `_`, a letter first; no name of an entity. */
  readonly name: string;
  /** RE2 syntax, 1 to 500 characters, without regard to letter case. Matched in linear time. */
  readonly pattern: string;
}

/** `problem` is a sentence for who wrote the rule. */
export type CustomRuleCheck = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** A rule ready for use: the stretches it matches, in order, without overlap. */
export interface CompiledRule {
  readonly name: string;
  find(text: string): Span[];
}

const NAME = /^[A-Z][A-Z0-9_]{0,63}$/;
const PATTERN_CHARS_MAX = 500;
/** Matching takes time in proportion to the length of the text times this. */
const PROGRAM_INSTRUCTIONS_MAX = 1000;

/** Whether a rule may be used. `problem` says what is wrong for the one who wrote the rule; it quotes no call. */
export function checkCustomRule(rule: CustomRule): CustomRuleCheck {
  const problem = problemOf(rule);
  return problem === undefined ? { ok: true } : { ok: false, problem };
}

function problemOf({ name, pattern }: CustomRule): string | undefined {
  if (!NAME.test(name)) return 'Name must be 1 to 64 of A-Z, 0-9 and _ and begin with a letter';
  if (readEntityName(name) !== undefined || name === 'UNKNOWN')
    return `Name ${name} belongs to an entity; those are ${ENTITY_NAMES.join(', ')}`;
  if (pattern.length === 0 || pattern.length > PATTERN_CHARS_MAX) {
    return `Pattern has ${pattern.length} characters; 1 to ${PATTERN_CHARS_MAX} are accepted`;
  }
  try {
    const compiled = compile(pattern);
    const size = compiled.programSize();
    if (size > PROGRAM_INSTRUCTIONS_MAX)
      return `Pattern compiles to ${size} instructions; limit is ${PROGRAM_INSTRUCTIONS_MAX}`;
    if (compiled.matcher('').find()) return 'Pattern matches the empty text';
    return undefined;
  } catch {
    // What the compiler says is not written for the readers of an API.
    return 'Pattern is not in RE2 syntax: it has no backreferences and no look-around';
  }
}

/** @throws {RangeError} when a rule does not pass `checkCustomRule` */
export function compileCustomRules(rules: readonly CustomRule[]): CompiledRule[] {
  return rules.map((rule) => {
    const problem = problemOf(rule);
    if (problem !== undefined) throw new RangeError(`Cannot use custom rule: ${problem}`);
    const compiled = compile(rule.pattern);
    return { name: rule.name, find: (text) => findAll(compiled, text) };
  });
}

function compile(pattern: string): RE2JS {
  return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
}

function findAll(compiled: RE2JS, text: string): Span[] {
  const spans: Span[] = [];
  const matcher = compiled.matcher(text);
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (end > start) spans.push({ start, end });
  }
  return spans;
}
