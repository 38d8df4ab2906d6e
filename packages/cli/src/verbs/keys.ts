import type { ApiKey, ApiKeyWithSecret, Scope } from '@earshot/api';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { parseArguments, refuseOtherOptions, required, wholeNumber } from '../arguments.ts';
import { collectPages } from '../collect-pages.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const SCOPES = [
  'stream:write',
  'messages:read',
  'transcripts:unredacted',
  'transcripts:partial',
  'export:read',
  'recordings:read',
  'webhooks:admin',
  'admin',
] as const satisfies readonly Scope[];
const OVERLAP_SECONDS_MAX = 604_800;

const OPTIONS = {
  name: { type: 'string' },
  scopes: { type: 'string' },
  'expires-at': { type: 'string' },
  'overlap-seconds': { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];
type Calls = EarshotClient['keys'];

const WORD_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['list', []],
  ['create', ['name', 'scopes', 'expires-at']],
  ['rotate', ['overlap-seconds']],
  ['revoke', []],
]);

export const keys: Verb = {
  name: 'keys',
  summary: 'make, rotate and revoke API keys',
  help: `earshot keys list [--json]
earshot keys create --name NAME --scopes A,B [--expires-at TIME] [--json]
earshot keys rotate API_ID [--overlap-seconds N] [--json]
earshot keys revoke API_ID [--json]

create and rotate show the secret of the new key, once. A rotated key is accepted for --overlap-seconds N more (default
86400, 0 to 604800); list tells when it was last used. A revoked one is refused from then on.
  --scopes A,B          ${SCOPES.join(', ')}
  --expires-at TIME     for example 2027-01-31T00:00:00Z; default never
  --json                what the API answers, one JSON object
${SYSTEM_HELP} admin`,
  remedies: { '404-01': 'earshot keys list tells the ids' },
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, apiId, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`there is no place for ${more.join(' ')}`);
    if ((word === 'list' || word === 'create') && apiId !== undefined) {
      throw new UsageError(`there is no place for ${apiId}`);
    }
    refuseOtherOptions(word ?? '', values, WORD_OPTIONS.get(word ?? '') ?? Object.keys(values));
    const open = async (): Promise<Calls> =>
      createEarshotClient(await findRunningApi(io.cwd, apiNamed(values))).keys;
    switch (word) {
      case 'list':
        return await list(await open(), values, io);
      case 'create': {
        const body = readCreateBody(values);
        return printSecret(await (await open()).create(body), values, io);
      }
      case 'rotate': {
        const body = readOverlap(values);
        const id = namedKey(word, apiId);
        return printSecret(await (await open()).rotate(id, body), values, io);
      }
      case 'revoke': {
        const id = namedKey(word, apiId);
        await (await open()).revoke(id);
        io.out(values.json === true ? JSON.stringify({ revoked: id }) : `Revoked ${id}`);
        return 0;
      }
      case undefined:
      default:
        throw new UsageError('expected list, create, rotate or revoke');
    }
  },
};

async function list(calls: Calls, { json }: Values, io: CliIo): Promise<number> {
  const items = await collectPages((page) => calls.list(page));
  if (json === true) io.out(JSON.stringify({ items }));
  else for (const item of items) io.out(keyLine(item));
  return 0;
}

function readCreateBody(values: Values) {
  const name = required('name', values.name);
  const scopes = required('scopes', values.scopes).split(',').map(readScope);
  const { 'expires-at': expiresAt } = values;
  return { name, scopes, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

function readOverlap({ 'overlap-seconds': text }: Values): { overlapSeconds?: number } {
  if (text === undefined) return {};
  const limits = { min: 0, max: OVERLAP_SECONDS_MAX, otherwise: 0 };
  return { overlapSeconds: wholeNumber('overlap-seconds', text, limits) };
}

function readScope(text: string): Scope {
  const scope = SCOPES.find((one) => one === text.trim());
  if (scope === undefined) {
    throw new UsageError(`Cannot use --scopes ${text}: expected some of ${SCOPES.join(',')}`);
  }
  return scope;
}

function namedKey(word: string, apiId: string | undefined): string {
  if (apiId === undefined) throw new UsageError(`${word} which key? earshot keys list tells the ids`);
  return apiId;
}

function printSecret(key: ApiKeyWithSecret, { json }: Values, io: CliIo): number {
  if (json === true) io.out(JSON.stringify(key));
  else {
    io.out(keyLine(key));
    io.out(`secret ${key.apiSecret} (shown this once)`);
  }
  return 0;
}

function keyLine({ apiId, name, state, scopes, lastUsedAt, revokedAt, expiresAt }: ApiKey): string {
  const ends = state === 'retiring' ? revokedAt : expiresAt;
  const until = ends === undefined ? '' : `  until ${ends}`;
  const used = lastUsedAt === undefined ? 'never used' : `used ${lastUsedAt}`;
  return `${apiId}  ${state.padEnd(8)}  ${name === '' ? '-' : name}  ${scopes.join(',')}  ${used}${until}`;
}
