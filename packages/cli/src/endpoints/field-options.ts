import type { CreateEndpointBody } from '@earshot/api';
import { oneOf, wholeNumber } from '../arguments.ts';

/** Options that name the fields of an endpoint but for name, URL and credentials. */
export const FIELD_OPTIONS = {
  policy: { type: 'string' },
  enabled: { type: 'string' },
  partials: { type: 'string' },
  'operational-events': { type: 'string' },
  'timeout-ms': { type: 'string' },
  'pending-max': { type: 'string' },
  'pending-age-max-ms': { type: 'string' },
  'head-of-line': { type: 'string' },
  'skip-after-attempts': { type: 'string' },
  'in-flight-max': { type: 'string' },
  'rate-per-second-max': { type: 'string' },
} as const;

export const FIELD_HELP = `  --policy P            realtime (default): one attempt; durable: at least once, retried for a day
  --enabled on|off      default on
  --partials on|off     also the words of unfinished utterances; default off
  --operational-events on|off
                        events of the system instead of transcripts; default off
  --timeout-ms N        longest the target may take, 1000 to 30000; default 5000
  --pending-max N, --pending-age-max-ms N
                        most messages that may wait with policy realtime, 1 to 10000, and how long, 1000 to 600000;
                        default 100 and 30000
  --head-of-line block|skip-after-attempts, --skip-after-attempts N
                        what a durable message that fails does to those behind it in its call: block (default), or let
                        them pass after N attempts, 1 to 20; default 5
  --in-flight-max N     most POSTs under way at once, 1 to 100
  --rate-per-second-max N
                        most POSTs a second, 1 to 10000`;

/** What `parseArgs` makes of `FIELD_OPTIONS`. */
export type FieldValues = { readonly [K in keyof typeof FIELD_OPTIONS]?: string | undefined };

const POLICIES = ['realtime', 'durable'] as const;
const HEADS_OF_LINE = ['block', 'skip-after-attempts'] as const;
const SWITCHES = ['on', 'off'] as const;

/** Only the fields that are named. @throws UsageError */
export function readFields(values: FieldValues): Omit<CreateEndpointBody, 'name' | 'url' | 'auth'> {
  const { policy, 'head-of-line': headOfLine } = values;
  return {
    ...(policy === undefined ? {} : { policy: oneOf('policy', policy, POLICIES, 'realtime') }),
    ...(headOfLine === undefined
      ? {}
      : { headOfLine: oneOf('head-of-line', headOfLine, HEADS_OF_LINE, 'block') }),
    ...readSwitch('enabled', values.enabled, (enabled) => ({ enabled })),
    ...readSwitch('partials', values.partials, (partials) => ({ partials })),
    ...readSwitch('operational-events', values['operational-events'], (operationalEvents) => ({
      operationalEvents,
    })),
    ...readNumber(values, 'timeout-ms', 1000, 30_000, (timeoutMs) => ({ timeoutMs })),
    ...readNumber(values, 'pending-max', 1, 10_000, (pendingMax) => ({ pendingMax })),
    ...readNumber(values, 'pending-age-max-ms', 1000, 600_000, (pendingAgeMaxMs) => ({ pendingAgeMaxMs })),
    ...readNumber(values, 'skip-after-attempts', 1, 20, (skipAfterAttempts) => ({ skipAfterAttempts })),
    ...readNumber(values, 'in-flight-max', 1, 100, (inFlightMax) => ({ inFlightMax })),
    ...readNumber(values, 'rate-per-second-max', 1, 10_000, (ratePerSecondMax) => ({ ratePerSecondMax })),
  };
}

function readSwitch<T>(name: string, text: string | undefined, toField: (on: boolean) => T): T | undefined {
  return text === undefined ? undefined : toField(oneOf(name, text, SWITCHES, 'on') === 'on');
}

function readNumber<T>(
  values: FieldValues,
  name: keyof FieldValues,
  min: number,
  max: number,
  toField: (value: number) => T,
): T | undefined {
  const text = values[name];
  return text === undefined ? undefined : toField(wholeNumber(name, text, { min, max, otherwise: min }));
}
