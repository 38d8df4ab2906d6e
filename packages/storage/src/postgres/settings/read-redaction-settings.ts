import type { RedactionSettings } from '../../stores/redaction-settings.ts';

const MODES = ['strict', 'balanced', 'custom'] as const;
const MASKS = ['hash', 'label'] as const;

/** `undefined`: not of the shape this release writes. Fields that are not known do not matter. */
export function readRedactionSettings(policy: unknown): RedactionSettings | undefined {
  if (!isRecord(policy) || !isRecord(policy['entities'])) return undefined;
  const mode = MODES.find((known) => known === policy['mode']);
  const mask = MASKS.find((known) => known === policy['mask']);
  const customer = readNames(policy['entities']['customer']);
  const agent = readNames(policy['entities']['agent']);
  const customRules = readRules(policy['customRules']);
  if (mode === undefined || mask === undefined || customRules === undefined) return undefined;
  if (customer === undefined || agent === undefined) return undefined;
  return { mode, mask, entities: { customer, agent }, customRules };
}

function readNames(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((name) => typeof name === 'string') ? value : undefined;
}

function readRules(value: unknown): RedactionSettings['customRules'] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rules = value.flatMap((rule: unknown) => {
    if (!isRecord(rule)) return [];
    const { name, pattern } = rule;
    return typeof name === 'string' && typeof pattern === 'string' ? [{ name, pattern }] : [];
  });
  return rules.length === value.length ? rules : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
