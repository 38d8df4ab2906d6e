import type { ErasureReceipt, VerifiedErasure } from '@earshot/api';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { parseArguments } from '../arguments.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  yes: { type: 'boolean' },
  digest: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];
type Calls = EarshotClient['retention'];

export const erase: Verb = {
  name: 'erase',
  summary: 'erase a conversation or a customer, with a receipt',
  help: `earshot erase conversation GUID --yes [--json]
earshot erase customer CUSTOMER_ID --yes [--json]
earshot erase receipt ERASURE_ID [--digest DIGEST] [--json]
earshot erase list [--from DAY] [--to DAY] [--json]

Erases for good what was said and recorded, and what was sent or waits to be sent of it; exported days are written anew without it.
Refused while a call runs or is on legal hold. A receipt counts what is gone and names nobody; receipt fetches one and
tells whether it is as it was given, and with --digest whether it is the one you hold. list fetches all, the newest leading,
also those whose answer was lost. Exit code 1 when one is not what it should be.
  --yes                 without it nothing is erased
  --from DAY            with list: the first day (UTC), such as 2026-11-22
  --to DAY              with list: the last day, which is among them
  --json                what the API answers, one JSON object a receipt; with --digest also isTheOneHeld
${SYSTEM_HELP} admin`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const { word, id } = readWords(positionals, values);
    const { retention } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    if (word === 'list') return await list(retention, values, io);
    if (word === 'receipt') return await verify(retention, id, values, io);
    if (word === 'conversation') print(await retention.eraseConversation(id), values, io);
    else for await (const receipt of retention.eraseCustomer(id)) print(receipt, values, io);
    return 0;
  },
};

const WORDS = ['conversation', 'customer', 'receipt', 'list'] as const;

function readWords([given, id, ...more]: readonly string[], { yes, from, to }: Values) {
  const word = WORDS.find((known) => known === given);
  if (word === undefined) throw new UsageError('expected conversation, customer, receipt or list');
  if (word === 'list') {
    if (id !== undefined) throw new UsageError('list takes no id');
    return { word, id };
  }
  if (from !== undefined || to !== undefined) throw new UsageError('--from and --to go with list');
  if (id === undefined || more.length > 0) throw new UsageError(`expected one id after ${word}`);
  if (word !== 'receipt' && yes !== true) {
    throw new UsageError(`Cannot take back an erasure: add --yes to erase ${word} ${id}`);
  }
  return { word, id };
}

const NOT_VERIFIED = 'not verified: what is stored is not what was signed';

async function list(calls: Calls, values: Values, io: CliIo): Promise<number> {
  const { from, to, json } = values;
  const days = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  let receiptCount = 0;
  let areAllVerified = true;
  for await (const receipt of calls.erasures(days)) {
    receiptCount += 1;
    print(receipt, values, io);
    if (receipt.verified) continue;
    areAllVerified = false;
    if (json !== true) io.out(`  ${NOT_VERIFIED}`);
  }
  if (receiptCount === 0 && json !== true) io.out('No receipts');
  return areAllVerified ? 0 : 1;
}

async function verify(calls: Calls, erasureId: string, values: Values, io: CliIo): Promise<number> {
  const found = await calls.getErasure(erasureId);
  const isTheOneHeld = values.digest === undefined || values.digest === found.digest;
  print(values.digest === undefined ? found : { ...found, isTheOneHeld }, values, io);
  if (values.json !== true) {
    if (!found.verified) io.out(NOT_VERIFIED);
    else io.out(isTheOneHeld ? 'verified' : 'not the one you hold: its digest is another one than --digest');
  }
  return found.verified && isTheOneHeld ? 0 : 1;
}

type Told = (ErasureReceipt | VerifiedErasure) & { readonly isTheOneHeld?: boolean };

function print(receipt: Told, { json }: Values, io: CliIo): void {
  if (json === true) {
    io.out(JSON.stringify(receipt));
    return;
  }
  const counts = Object.entries(receipt.counts).map(([kind, count]) => `${kind} ${count}`);
  io.out(`receipt ${receipt.id}  ${receipt.subject}  erased ${receipt.at}  by ${receipt.requestedBy}`);
  io.out(`  ${counts.join(', ')}`);
  io.out(`  digest ${receipt.digest}`);
}
