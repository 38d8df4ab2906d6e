import { UsageError } from '../verb.ts';
import type { FaultKindInfo, FaultSetting } from './fault-catalogue.ts';

const LIST = 'earshot play --fault list tells them all';
/** How fragments are chosen on the command line. */
const SELECTION_KEYS = ['every', 'offset', 'ordinals'];

/** `KIND[:key=value,...]` as the fault of a plan. Throws `UsageError` that says what is expected. */
export function parseFaultOption(
  text: string,
  catalogue: readonly FaultKindInfo[],
): Readonly<Record<string, unknown>> {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  const info = catalogue.find((candidate) => candidate.kind === kind);
  if (info === undefined) throw wrong(text, `there is no fault ${kind}${similar(kind, catalogue)}; ${LIST}`);
  const given = parsePairs(text, colon < 0 ? '' : text.slice(colon + 1));
  const fault: Record<string, unknown> = { kind };
  for (const setting of info.parameters) {
    const value = given.get(setting.name);
    given.delete(setting.name);
    if (value !== undefined) fault[setting.name] = parseValue(text, setting, value);
    else if (setting.default === undefined) throw wrong(text, `${setting.name}=${hint(setting)} is missing`);
  }
  if (info.layer === 'fragment') fault['fragments'] = parseSelection(text, given);
  const [unknown] = given.keys();
  if (unknown !== undefined) throw wrong(text, `${kind} has no ${unknown}; it has ${settingNames(info)}`);
  return fault;
}

/** What stands behind the name of a setting. */
export function hint({ type, unit, choices }: FaultSetting): string {
  switch (type) {
    case 'number':
      return unit === undefined ? 'N' : `N ${unit}`;
    case 'choice':
      return (choices ?? []).join('|');
    case 'flag':
      return 'true';
    case 'text':
      return 'TEXT';
  }
}

function similar(kind: string, catalogue: readonly FaultKindInfo[]): string {
  const near = catalogue.filter((info) => info.kind.startsWith(kind.slice(0, 3)));
  return near.length === 0 ? '' : ` (did you mean ${near.map((info) => info.kind).join(' or ')})`;
}

function parsePairs(text: string, pairs: string): Map<string, string> {
  const given = new Map<string, string>();
  for (const pair of pairs.split(',').filter((part) => part !== '')) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw wrong(text, `${pair} is not key=value`);
    given.set(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return given;
}

function parseValue(text: string, setting: FaultSetting, value: string): unknown {
  const isRight =
    setting.type === 'number'
      ? /^-?\d+$/.test(value)
      : setting.type === 'text'
        ? value !== ''
        : setting.type === 'flag'
          ? value === 'true'
          : setting.choices?.includes(value) === true;
  if (!isRight) throw wrong(text, `${setting.name} is not ${hint(setting)}`);
  if (setting.type === 'number') return Number(value);
  return setting.type === 'flag' ? true : value;
}

function parseSelection(text: string, given: Map<string, string>): Readonly<Record<string, unknown>> {
  const [every, offset, ordinals] = SELECTION_KEYS.map((key) => given.get(key));
  for (const key of SELECTION_KEYS) given.delete(key);
  if (ordinals !== undefined)
    return { ordinals: ordinals.split('+').map((part) => whole(text, 'ordinals', part)) };
  if (every === undefined) throw wrong(text, 'which fragments: every=N or ordinals=3+4 is missing');
  const from = offset === undefined ? {} : { offset: whole(text, 'offset', offset) };
  return { every: whole(text, 'every', every), ...from };
}

function whole(text: string, name: string, value: string): number {
  if (!/^\d+$/.test(value)) throw wrong(text, `${name} has ${value}, not a whole number`);
  return Number(value);
}

function settingNames({ layer, parameters }: FaultKindInfo): string {
  const names = parameters.map(({ name }) => name);
  return [...names, ...(layer === 'fragment' ? SELECTION_KEYS : [])].join(', ') || 'no settings';
}

function wrong(text: string, reason: string): UsageError {
  return new UsageError(`Cannot use --fault ${text}: ${reason}`);
}
