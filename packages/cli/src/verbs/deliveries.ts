import type { Delivery, DeliveryDetail, DeliveryState } from '@earshot/api';
import { createEarshotClient } from '@earshot/client';
import { parseArguments, refuseOtherOptions, wholeNumber } from '../arguments.ts';
import { collectPages } from '../collect-pages.ts';
import { deliveryLine, deliveryLines } from '../endpoints/delivery-lines.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const STATES = ['pending', 'delivered', 'failed', 'dropped', 'dead'] as const;
const LIMIT_MAX = 10_000;

const OPTIONS = {
  endpoint: { type: 'string' },
  guid: { type: 'string' },
  state: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

export const deliveries: Verb = {
  name: 'deliveries',
  summary: 'see what became of each message, and send one again',
  help: `earshot deliveries list [--endpoint ID] [--guid GUID] [--state STATE] [--limit N] [--json]
earshot deliveries show|retry ID [--json]

list shows the newest first, N at most (default 100, at most 10000). STATE is pending, delivered, failed (policy
realtime), dropped (never sent) or dead (policy durable, given up: the dead letters). show also tells every attempt.
retry sends a message again that is failed, dropped or dead, and one that waits for its next attempt at once.
  --json                what the API answers, one JSON object
${SYSTEM_HELP} webhooks:admin`,
  remedies: {
    '404-01': 'earshot deliveries list tells the ids; those of messages that are gone are gone with them',
  },
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, id, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`there is no place for ${more.join(' ')}`);
    if (word === 'list') {
      if (id !== undefined) throw new UsageError(`there is no place for ${id}`);
      return await list(values, io);
    }
    if (word !== 'show' && word !== 'retry') throw new UsageError('expected list, show or retry');
    refuseOtherOptions(word, values, []);
    if (id === undefined) {
      throw new UsageError(`${word} which delivery? earshot deliveries list tells the ids`);
    }
    const calls = await open(values, io);
    const delivery = word === 'show' ? await calls.get(id) : await calls.retry(id);
    print(io, values, delivery, linesOf(delivery));
    return 0;
  },
};

async function list(values: Values, io: CliIo): Promise<number> {
  const { endpoint: endpointId, guid } = values;
  const limit = wholeNumber('limit', values.limit, { min: 1, max: LIMIT_MAX, otherwise: 100 });
  const query = {
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(guid === undefined ? {} : { guid }),
    ...(values.state === undefined ? {} : { state: readState(values.state) }),
  };
  const calls = await open(values, io);
  const items = await collectPages((page) => calls.list({ ...query, ...page }), limit);
  print(io, values, { items }, items.length === 0 ? ['No deliveries'] : items.map(deliveryLine));
  return 0;
}

async function open(values: Values, io: CliIo) {
  return createEarshotClient(await findRunningApi(io.cwd, apiNamed(values))).deliveries;
}

function readState(text: string): DeliveryState {
  const state = STATES.find((one) => one === text);
  if (state === undefined) {
    throw new UsageError(`Cannot use --state ${text}: expected one of ${STATES.join(', ')}`);
  }
  return state;
}

function linesOf(delivery: Delivery | DeliveryDetail): readonly string[] {
  return 'attemptList' in delivery ? deliveryLines(delivery) : [deliveryLine(delivery)];
}

function print(io: CliIo, { json }: Values, value: unknown, lines: readonly string[]): void {
  if (json === true) io.out(JSON.stringify(value));
  else for (const line of lines) io.out(line);
}
