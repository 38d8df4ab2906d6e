import { CliError } from '../verb.ts';

/** One thing that can be set of a fault. */
export interface FaultSetting {
  readonly name: string;
  readonly type: 'number' | 'text' | 'choice' | 'flag';
  readonly unit?: string;
  /** Absent when it must be given. */
  readonly default?: string;
  readonly choices?: readonly string[];
}

export interface FaultKindInfo {
  readonly kind: string;
  /** `fragment` ones also take `every`, `offset` and `ordinals`. */
  readonly layer: 'request' | 'body' | 'fragment';
  readonly description: string;
  readonly parameters: readonly FaultSetting[];
}

/** Of the answer to `GET /faults`; what another version tells in another way is a `CliError`. */
export function parseCatalogue(answer: unknown): readonly FaultKindInfo[] {
  const catalogue = property(answer, 'catalogue');
  if (Array.isArray(catalogue) && catalogue.every(isKindInfo)) return catalogue;
  throw new CliError('Cannot read the catalogue of faults: the emulator is of another version, restart it');
}

const LAYERS: readonly unknown[] = ['request', 'body', 'fragment'];
const TYPES: readonly unknown[] = ['number', 'text', 'choice', 'flag'];

function isKindInfo(value: unknown): value is FaultKindInfo {
  const parameters = property(value, 'parameters');
  return (
    typeof property(value, 'kind') === 'string' &&
    typeof property(value, 'description') === 'string' &&
    LAYERS.includes(property(value, 'layer')) &&
    Array.isArray(parameters) &&
    parameters.every((parameter) => {
      return typeof property(parameter, 'name') === 'string' && TYPES.includes(property(parameter, 'type'));
    })
  );
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
