import { parseArgs } from 'node:util';
import { BenchUsageError, countOption } from '../bench.ts';

export const POLICIES = ['durable', 'realtime'] as const;
export type Policy = (typeof POLICIES)[number];
const BACKENDS = ['redis', 'postgres'] as const;
export type Backend = (typeof BACKENDS)[number];

export interface WebhookOptions {
  readonly policies: readonly Policy[];
  readonly backends: readonly Backend[];
  /** Messages a second. */
  readonly rates: readonly number[];
  /** Counted seconds of each point. */
  readonly seconds: number;
  readonly conversations: number;
  /** Whether one slow endpoint among fifty, more than can be done, and the bare loop are left out. */
  readonly isPlain: boolean;
  readonly profileDirectory: string | undefined;
}

const RATES_DEFAULT = '100,500,1000,2000';
const SECONDS_DEFAULT = 6;
const CONVERSATIONS_DEFAULT = 200;

/** Throws `BenchUsageError`. */
export function readWebhookOptions(args: readonly string[]): WebhookOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      policies: { type: 'string' },
      backends: { type: 'string' },
      rates: { type: 'string' },
      seconds: { type: 'string' },
      conversations: { type: 'string' },
      plain: { type: 'boolean' },
      profile: { type: 'string' },
    },
  });
  return {
    policies: chosen('policies', values.policies, POLICIES),
    backends: chosen('backends', values.backends, BACKENDS),
    rates: (values.rates ?? RATES_DEFAULT).split(',').map((rate) => countOption('rates', rate, 1)),
    seconds: countOption('seconds', values.seconds, SECONDS_DEFAULT),
    conversations: countOption('conversations', values.conversations, CONVERSATIONS_DEFAULT),
    isPlain: values.plain === true || values.profile !== undefined,
    profileDirectory: values.profile,
  };
}

function chosen<Name extends string>(
  option: string,
  text: string | undefined,
  names: readonly Name[],
): readonly Name[] {
  if (text === undefined) return names;
  const given = text.split(',');
  const found = names.filter((name) => given.includes(name));
  if (found.length === given.length) return found;
  throw new BenchUsageError(`Cannot use --${option} ${text}: expected some of ${names.join(',')}`);
}
