import type { ListEventsQuery, OperationalEvent } from '@earshot/api';
import { createEarshotClient } from '@earshot/client';
import { parseArguments, wholeNumber } from '../arguments.ts';
import { collectPages } from '../collect-pages.ts';
import { eventLine } from '../endpoints/event-line.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const TYPES = [
  'endpoint.disabled',
  'endpoint.circuit-opened',
  'endpoint.circuit-closed',
  'endpoint.certificate-expiring',
  'delivery.dead',
] as const;
const LIMIT_MAX = 10_000;

const OPTIONS = {
  endpoint: { type: 'string' },
  type: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];
type Filter = Pick<ListEventsQuery, 'endpointId' | 'type'>;

export const events: Verb = {
  name: 'events',
  summary: 'what happened to the endpoints: disabled, breaker open, certificate expiring, dead letters',
  help: `earshot events list [--endpoint ID] [--type TYPE] [--limit N] [--json]
earshot events follow [--endpoint ID] [--type TYPE] [--json]

list shows the newest first, N at most (default 100, at most ${LIMIT_MAX}); events are kept for 90 days. follow shows each one
that happens from now on, until Ctrl-C. TYPE is ${TYPES.slice(0, 3).join(', ')},
${TYPES.slice(3).join(' or ')}.
  --json                what the API answers: one object, with follow one a line
${SYSTEM_HELP} webhooks:admin`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`there is no place for ${more.join(' ')}`);
    if (word !== 'list' && word !== 'follow') throw new UsageError('expected list or follow');
    if (word === 'follow' && values.limit !== undefined) throw new UsageError('follow takes no --limit');
    const limit = wholeNumber('limit', values.limit, { min: 1, max: LIMIT_MAX, otherwise: 100 });
    const filter = readFilter(values);
    const calls = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values))).events;
    if (word === 'follow') {
      for await (const event of calls.follow(filter, { signal: io.signal })) print(event, values, io);
      return 0;
    }
    const items = await collectPages((page) => calls.list({ ...filter, ...page }), limit);
    if (values.json === true) io.out(JSON.stringify({ items }));
    else if (items.length === 0) io.out('No events');
    else for (const event of items) print(event, values, io);
    return 0;
  },
};

function print(event: OperationalEvent, { json }: Values, io: CliIo): void {
  io.out(json === true ? JSON.stringify(event) : eventLine(event));
}

function readFilter({ endpoint: endpointId, type: named }: Values): Filter {
  const type = TYPES.find((one) => one === named);
  if (named !== undefined && type === undefined) {
    throw new UsageError(`Cannot use --type ${named}: expected one of ${TYPES.join(', ')}`);
  }
  return { ...(endpointId === undefined ? {} : { endpointId }), ...(type === undefined ? {} : { type }) };
}
