import type { PutRedactionPolicyBody } from '@earshot/api';
import { ENTITY_NAMES } from '@earshot/redaction';
import { UsageError } from '../verb.ts';

export interface PolicyOptions {
  readonly mode?: string | undefined;
  readonly mask?: string | undefined;
  readonly entities?: string | undefined;
  readonly customer?: string | undefined;
  readonly agent?: string | undefined;
  readonly rule?: readonly string[] | undefined;
}

const MODES = ['strict', 'balanced', 'custom'] as const;
const MASKS = ['hash', 'label'] as const;

/** What is to be put; `undefined` where nothing was asked to change. Names and patterns are checked by the service. */
export function readPolicyBody(
  options: PolicyOptions,
  file: PutRedactionPolicyBody | undefined,
): PutRedactionPolicyBody | undefined {
  const { mode, mask, entities, customer, agent, rule } = options;
  const named = [mode, mask, entities, customer, agent, rule].some((option) => option !== undefined);
  if (file !== undefined) {
    if (named) throw new UsageError('--file holds all of the policy, no other option goes with it');
    return file;
  }
  if (!named) return undefined;
  if (mode === undefined) throw new UsageError('--mode is missing: a policy is replaced as a whole');
  const sides = readSides(options);
  return {
    mode: wordOf('mode', mode, MODES),
    ...(mask === undefined ? {} : { mask: wordOf('mask', mask, MASKS) }),
    ...(sides === undefined ? {} : { entities: sides }),
    ...(rule === undefined ? {} : { customRules: rule.map(readRule) }),
  };
}

function wordOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw new UsageError(`Cannot use --${option} ${text}: expected ${words.join(', ')}`);
  return found;
}

function readSides({
  entities,
  customer,
  agent,
}: PolicyOptions): { customer: string[]; agent: string[] } | undefined {
  if (entities !== undefined) {
    if (customer !== undefined || agent !== undefined) {
      throw new UsageError('--entities is for both participants, without --customer and --agent');
    }
    return { customer: readNames(entities), agent: readNames(entities) };
  }
  if (customer === undefined && agent === undefined) return undefined;
  if (customer === undefined || agent === undefined) {
    throw new UsageError('--customer and --agent go together');
  }
  return { customer: readNames(customer), agent: readNames(agent) };
}

function readNames(text: string): string[] {
  if (text === 'none') return [];
  if (text === 'all') return [...ENTITY_NAMES];
  return text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
}

function readRule(text: string): { name: string; pattern: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`Cannot use --rule ${text}: expected NAME=PATTERN`);
  return { name: text.slice(0, at), pattern: text.slice(at + 1) };
}
