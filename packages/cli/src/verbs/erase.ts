import type { ErasureReceipt, VerifiedErasure } from '@earshot/api';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { parseArguments } from '../arguments.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  yes: { type: 'boolean' },
  digest: { type: 'string' },
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

Erases for good what was said and recorded, and what was sent or waits to be sent of it; exported days are written anew without it.
Refused while a call runs or is on legal hold. A receipt counts what is gone and names nobody; receipt fetches one and
tells whether it is as it was given, and with --digest whether it is the one you hold. Exit code 1 when it is not.
  --yes                 without it nothing is erased
  --json                what the API answers, one JSON object a receipt; with --digest also isTheOneHeld
${SYSTEM_HELP} admin`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, id, ...more] = positionals;
    if (word !== 'conversation' && word !== 'customer' && word !== 'receipt') {
      throw new UsageError('expected conversation, customer or receipt');
    }
    if (id === undefined || more.length > 0) throw new UsageError(`expected one id after ${word}`);
    if (word !== 'receipt' && values.yes !== true) {
      throw new UsageError(`Cannot take back an erasure: add --yes to erase ${word} ${id}`);
    }
    const { retention } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    if (word === 'receipt') return await verify(retention, id, values, io);
    if (word === 'conversation') print(await retention.eraseConversation(id), values, io);
    else for await (const receipt of retention.eraseCustomer(id)) print(receipt, values, io);
    return 0;
  },
};

async function verify(calls: Calls, erasureId: string, values: Values, io: CliIo): Promise<number> {
  const found = await calls.getErasure(erasureId);
  const isTheOneHeld = values.digest === undefined || values.digest === found.digest;
  print(values.digest === undefined ? found : { ...found, isTheOneHeld }, values, io);
  if (values.json !== true) {
    if (!found.verified) io.out('not verified: what is stored is not what was signed');
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
