import { parseArgs } from 'node:util';
import { countOption, type BenchContext } from '../bench.ts';
import { startLoadServices } from '../call-load/load-services.ts';
import { distribution } from '../harness.ts';
import { askAtMost, askAtRate, type Asked, type AskOptions } from '../messages-load/ask.ts';
import { openMessagesWorld, type MessagesWorld } from '../messages-load/messages-world.ts';

const CONVERSATION_COUNT = 20;
const RATE_DEFAULT = 100;
const SECONDS_DEFAULT = 10;
const LENGTHS = [1000, 40, 80];

interface Options {
  readonly rate: number;
  readonly seconds: number;
}

/** GET of conversations by their external id. */
export async function messages(context: BenchContext): Promise<void> {
  const { values } = parseArgs({
    args: [...context.args],
    options: { rate: { type: 'string' }, seconds: { type: 'string' } },
  });
  const options = {
    rate: countOption('rate', values.rate, RATE_DEFAULT),
    seconds: countOption('seconds', values.seconds, SECONDS_DEFAULT),
  };
  const services = await startLoadServices();
  try {
    const world = await openMessagesWorld(services.postgres.url);
    try {
      for (const length of LENGTHS) await measure(context, world, options, length);
    } finally {
      await world.close();
    }
  } finally {
    await services.stop();
  }
}

async function measure(
  context: BenchContext,
  world: MessagesWorld,
  { rate, seconds }: Options,
  length: number,
): Promise<void> {
  const ids = await world.addConversations({ count: CONVERSATION_COUNT, messages: length });
  await world.settle();
  const paths = ids.map((id) => `/conversation/v1/conversation/messages?externalId=${id}`);
  for (const encoding of ['none', 'gzip', 'unchanged'] as const) {
    if (context.signal.aborted) return;
    context.say(`conversations of ${length} messages, ${encoding}`);
    const ask = await askFor(world, paths, encoding, seconds);
    print(context, 'latency', await askAtRate(ask, rate), { messages: length, encoding, rate });
    print(context, 'throughput', await askAtMost(ask), { messages: length, encoding });
  }
}

async function askFor(
  { baseUrl, headers }: MessagesWorld,
  paths: readonly string[],
  encoding: 'none' | 'gzip' | 'unchanged',
  seconds: number,
): Promise<AskOptions> {
  const common = { baseUrl, paths, seconds, status: 200 };
  if (encoding === 'gzip') return { ...common, headers: { ...headers, 'accept-encoding': 'gzip' } };
  if (encoding === 'none') return { ...common, headers };
  // A tag belongs to one conversation.
  const first = paths.slice(0, 1);
  const answer = await fetch(`${baseUrl}${first[0] ?? '/'}`, { headers });
  await answer.arrayBuffer();
  const tag = answer.headers.get('etag') ?? '';
  return { ...common, paths: first, status: 304, headers: { ...headers, 'if-none-match': tag } };
}

function print(
  context: BenchContext,
  metric: 'latency' | 'throughput',
  { latenciesMs, perSecond, answerBytes }: Asked,
  params: Record<string, string | number>,
): void {
  const figures =
    metric === 'latency'
      ? { unit: 'ms', ...distribution(latenciesMs) }
      : { unit: '1/s', value: perSecond, n: latenciesMs.length };
  context.print({ bench: 'messages', metric, peer: 'ours', ...figures, params: { ...params, answerBytes } });
}
