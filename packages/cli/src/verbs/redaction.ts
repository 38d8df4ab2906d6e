import { readFile } from 'node:fs/promises';
import type { PutRedactionPolicyBody, RedactionEntity, RedactionPolicy } from '@earshot/api';
import { createEarshotClient, type RedactionCalls } from '@earshot/client';
import { parseArguments, refuseOtherOptions } from '../arguments.ts';
import { readPolicyBody } from '../redact/policy-body.ts';
import { API_OPTIONS, apiNamed, findRunningApi } from '../running-system.ts';
import { CliError, UsageError, type CliIo, type Verb } from '../verb.ts';

const PAGE_ITEM_COUNT = 100;
const PAGE_COUNT_MAX = 10;

const OPTIONS = {
  mode: { type: 'string' },
  mask: { type: 'string' },
  entities: { type: 'string' },
  customer: { type: 'string' },
  agent: { type: 'string' },
  rule: { type: 'string', multiple: true },
  file: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

export const redaction: Verb = {
  name: 'redaction',
  summary: 'tell and choose what the transcripts of the team are masked by',
  help: `earshot redaction list [--json]
earshot redaction enable ENTITY... [--json]
earshot redaction disable ENTITY... [--json]
earshot redaction policy [--json]
earshot redaction policy --mode strict|balanced|custom [--mask hash|label] [--entities A,B | --customer A,B --agent A,B]
                  [--rule NAME=PATTERN]... [--json]
earshot redaction policy --file POLICY.json [--json]

list shows every entity and whether it is masked for both participants. enable and disable switch entities for both and
leave the rest. policy shows all of it; with --mode or --file it replaces all of it:
  --mode M              strict also masks numbers nothing speaks for; custom masks what is listed and nothing else
  --mask M              hash (default): ####; label: [PIN]
  --entities A,B        for both participants; all or none; default: those of the mode
  --customer, --agent   for each participant
  --rule NAME=PATTERN   a regular expression of yours in RE2 syntax, as often as wanted
  --file FILE           the body of PUT /earshot/v1/redaction-policy; what policy --json prints will do
  --json                one JSON object
  --base-url URL, --api-id ID, --api-secret SECRET
                        a system other than the one npm start runs here; the key needs the scope admin

Counts for calls that a worker takes on from then on.`,
  remedies: { '404-01': 'earshot redaction list tells the entities' },
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, ...names] = positionals;
    if (word !== 'enable' && word !== 'disable' && names.length > 0) {
      throw new UsageError(`there is no place for ${names.join(' ')}`);
    }
    const report = createReport(io, values.json === true);
    const open = async () => createEarshotClient(await findRunningApi(io.cwd, apiNamed(values))).redaction;
    switch (word) {
      case 'list':
        refuseOtherOptions(word, values, []);
        report.entities(await listEntities(await open()));
        return 0;
      case 'enable':
      case 'disable':
        refuseOtherOptions(word, values, []);
        if (names.length === 0) throw new UsageError(`${word} which entity?`);
        report.entities(await switchEntities(await open(), names, word === 'enable'));
        return 0;
      case 'policy': {
        const body = readPolicyBody(values, await readPolicyFile(values.file));
        const calls = await open();
        const policy = await (body === undefined ? calls.getPolicy() : calls.putPolicy(body));
        const ignored = Object.keys(body ?? {}).filter((field) => !Object.hasOwn(policy, field));
        if (ignored.length > 0) io.err(`Ignored, since a policy has no such field: ${ignored.join(', ')}`);
        report.policy(policy);
        return 0;
      }
      case undefined:
      default:
        throw new UsageError('expected list, enable, disable or policy');
    }
  },
};

async function listEntities(calls: RedactionCalls): Promise<readonly RedactionEntity[]> {
  const entities: RedactionEntity[] = [];
  let cursor: string | undefined;
  for (let pageCount = 0; pageCount < PAGE_COUNT_MAX; pageCount += 1) {
    const query = { limit: PAGE_ITEM_COUNT, ...(cursor === undefined ? {} : { cursor }) };
    const page = await calls.listEntities(query);
    entities.push(...page.redactionEntities);
    if (page.nextCursor === null) return entities;
    cursor = page.nextCursor;
  }
  throw new CliError(`Cannot list entities: more than ${PAGE_COUNT_MAX} pages`);
}

/** One after the other: the first that is refused ends it. */
async function switchEntities(
  calls: RedactionCalls,
  names: readonly string[],
  autoTranscribe: boolean,
): Promise<readonly RedactionEntity[]> {
  const entities: RedactionEntity[] = [];
  for (const name of names) entities.push(await calls.updateEntity(name, { policies: { autoTranscribe } }));
  return entities;
}

async function readPolicyFile(path: string | undefined): Promise<PutRedactionPolicyBody | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`Cannot read ${path}: there is no such file, or it may not be read`);
  });
  try {
    return asPolicyBody(JSON.parse(text));
  } catch {
    throw new CliError(`Cannot use ${path}: expected JSON`);
  }
}

/** The service checks it and names what it does not accept. */
function asPolicyBody(value: unknown): PutRedactionPolicyBody {
  return value as PutRedactionPolicyBody;
}

function createReport(io: CliIo, json: boolean) {
  return {
    entities(redactionEntities: readonly RedactionEntity[]): void {
      if (json) return io.out(JSON.stringify({ redactionEntities }));
      const width = Math.max(0, ...redactionEntities.map(({ id }) => id.length));
      for (const { id, description, policies } of redactionEntities) {
        io.out(`${policies.autoTranscribe === true ? 'on ' : 'off'}  ${id.padEnd(width)}  ${description}`);
      }
    },
    policy(policy: RedactionPolicy): void {
      if (json) io.out(JSON.stringify(policy));
      else for (const line of policyLines(policy)) io.out(line);
    },
  };
}

function policyLines({ mode, mask, entities, customRules, forced, revision }: RedactionPolicy): string[] {
  const names = (list: readonly string[]): string => (list.length === 0 ? 'none' : list.join(', '));
  return [
    `mode      ${mode}`,
    `mask      ${mask}`,
    `customer  ${names(entities.customer)}`,
    `agent     ${names(entities.agent)}`,
    ...customRules.map(({ name, pattern }) => `rule      ${name}=${pattern}`),
    ...(forced ? ['forced    this deployment always redacts'] : []),
    `revision  ${revision}${revision === 0 ? ' (the defaults)' : ''}`,
  ];
}
