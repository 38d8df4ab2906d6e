import { createEarshotClient } from '@earshot/client';
import { parseArguments, required } from '../arguments.ts';
import { messageBatches } from '../file/message-batches.ts';
import { readFiledLines } from '../file/read-filed-lines.ts';
import { inputLines } from '../redact/input-lines.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type Verb } from '../verb.ts';

const OPTIONS = {
  customer: { type: 'string' },
  'customer-name': { type: 'string' },
  agent: { type: 'string' },
  'agent-name': { type: 'string' },
  meta: { type: 'string', multiple: true },
  at: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

export const file: Verb = {
  name: 'file',
  summary: 'file a conversation of another channel: chat, mail, a call transcribed elsewhere',
  help: `earshot file EXTERNAL_ID --customer ID [--agent ID] [--at TIME] [options] < MESSAGES

Files a conversation and its messages beside the calls; each text is redacted by the policy of the team before it is
stored. Messages are read from standard input, one a line, "customer: words", "agent: words" or "system: words", or as
JSON {"role","text","timestamp","sender"}. Nothing is filed when a line cannot be read. Filing the same again changes nothing.
  --customer ID, --agent ID            who the two sides are
  --customer-name NAME, --agent-name NAME
  --meta KEY=VALUE                     kept beside it as told, not redacted; may be repeated
  --at TIME                            when the first message was written, such as 2026-11-23T12:00:00Z; those behind it are
                                       a second apart. Needed where lines tell no timestamp
  --json                               one JSON object {"id","messageCount"}
${SYSTEM_HELP} stream:write`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [externalId, ...more] = positionals;
    if (externalId === undefined || more.length > 0) throw new UsageError('expected one external id');
    const customer = required('customer', values.customer);
    const { agent, meta = [] } = values;
    if (agent === undefined && values['agent-name'] !== undefined) {
      throw new UsageError('--agent-name needs --agent');
    }
    const metadata = Object.fromEntries(meta.map(readPair));
    const atMs = values.at === undefined ? undefined : readInstant(values.at);
    const messages = await readFiledLines(inputLines(io.input), { senders: { customer, agent }, atMs });
    const [first] = messages;
    if (first === undefined) throw new UsageError('expected messages on standard input');
    const { conversations } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    const { id } = await conversations.upsert({
      externalId,
      customer: party(customer, values['customer-name']),
      ...(agent === undefined ? {} : { agent: party(agent, values['agent-name']) }),
      ...(meta.length === 0 ? {} : { metadata }),
      timestamp: first.timestamp,
    });
    for (const batch of messageBatches(messages)) await conversations.fileMessages(id, [...batch]);
    const told = { id, messageCount: messages.length };
    io.out(values.json === true ? JSON.stringify(told) : `Filed ${messages.length} messages as ${id}`);
    return 0;
  },
};

function party(externalId: string, name: string | undefined) {
  return { externalId, ...(name === undefined ? {} : { name }) };
}

function readPair(text: string): [string, string] {
  const sign = text.indexOf('=');
  if (sign < 1) throw new UsageError(`Cannot use --meta ${text}: expected KEY=VALUE`);
  return [text.slice(0, sign), text.slice(sign + 1)];
}

function readInstant(text: string): number {
  const atMs = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs))
    throw new UsageError(`Cannot use --at ${text}: expected a time such as 2026-11-23T12:00:00Z`);
  return atMs;
}
