import type {
  Endpoint,
  EndpointAuthInput,
  EndpointTest,
  EndpointWithSecret,
  ReplayBody,
  ReplayResult,
  ReplayState,
} from '@earshot/api';
import { createEarshotClient, type EarshotClient } from '@earshot/client';
import { parseArguments, refuseOtherOptions, required, wholeNumber } from '../arguments.ts';
import { collectPages } from '../collect-pages.ts';
import { AUTH_HELP, AUTH_OPTIONS, readAuthInputs } from '../endpoints/auth-options.ts';
import { endpointLine, endpointLines, testLines } from '../endpoints/endpoint-lines.ts';
import { FIELD_HELP, FIELD_OPTIONS, readFields } from '../endpoints/field-options.ts';
import { keepCredentials } from '../endpoints/kept-credentials.ts';
import { rotateSigningSecret } from '../endpoints/rotate-signing-secret.ts';
import { WORD_OPTIONS } from '../endpoints/word-options.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  name: { type: 'string' },
  url: { type: 'string' },
  'no-auth': { type: 'boolean' },
  'replace-auth': { type: 'boolean' },
  'overlap-seconds': { type: 'string' },
  guid: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  states: { type: 'string' },
  json: { type: 'boolean' },
  ...FIELD_OPTIONS,
  ...AUTH_OPTIONS,
  ...API_OPTIONS,
} as const;

const OVERLAP_SECONDS_MAX = 604_800;
const REPLAY_STATES = ['failed', 'dropped', 'dead'] as const;

type Calls = EarshotClient['endpoints'];
type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];
/** One word after `endpoints`: does it and answers the exit code. */
type Action = (calls: Calls, id: string, values: Values, report: Report) => Promise<number>;

export const endpoints: Verb = {
  name: 'endpoints',
  summary: 'choose where transcripts are sent, and how',
  help: `earshot endpoints list [--json]
earshot endpoints create --name NAME --url URL [options below] [--json]
earshot endpoints show|pause|resume|test|delete ID [--json]
earshot endpoints update ID [--name NAME] [--url URL] [options below] [--replace-auth | --no-auth] [--json]
earshot endpoints rotate-secret ID [--overlap-seconds N] [--json]
earshot endpoints replay ID --guid GUID | --from TIME --to TIME [--states failed,dropped,dead] [--json]

create and update:
${FIELD_HELP}
Credentials. update wants all of them named again, since secrets are never told: only a signature stays by itself. What is not
named goes with --replace-auth; --no-auth removes all.
${AUTH_HELP}

pause sends nothing until resume; durable messages wait. test sends a test event now and tells where it ended and what
may help; exit code 1 when it was not delivered. rotate-secret makes a new signing secret; the old one signs too for
--overlap-seconds N (default 86400, 0 to 604800). replay sends messages of a call or of a time range again, in order; TIME
is like 2026-11-23T12:00:00Z.
  --json                what the API answers, one JSON object
${SYSTEM_HELP} webhooks:admin`,
  remedies: { '404-01': 'earshot endpoints list tells the ids' },
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word = '', id, ...more] = positionals;
    if (more.length > 0) throw new UsageError(`there is no place for ${more.join(' ')}`);
    const action = ACTIONS.get(word);
    if (action === undefined) throw new UsageError(`expected one of ${[...ACTIONS.keys()].join(', ')}`);
    refuseOtherOptions(word, values, WORD_OPTIONS.get(word) ?? []);
    if (WITHOUT_ID.has(word) && id !== undefined) throw new UsageError(`there is no place for ${id}`);
    if (!WITHOUT_ID.has(word) && id === undefined) {
      throw new UsageError(`${word} which endpoint? earshot endpoints list tells the ids`);
    }
    const calls = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values))).endpoints;
    return await action(calls, id ?? '', values, createReport(io, values.json === true));
  },
};

const WITHOUT_ID: ReadonlySet<string> = new Set(['list', 'create']);

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    'list',
    async (calls, _id, _values, report) => report.list(await collectPages((page) => calls.list(page))),
  ],
  ['create', create],
  ['show', async (calls, id, _values, report) => report.endpoint(await calls.get(id))],
  ['update', update],
  ['pause', async (calls, id, _values, report) => report.endpoint(await calls.pause(id))],
  ['resume', async (calls, id, _values, report) => report.endpoint(await calls.resume(id))],
  ['rotate-secret', rotateSecret],
  ['test', async (calls, id, _values, report) => report.test(await calls.test(id))],
  ['replay', replay],
  ['delete', remove],
]);

async function create(calls: Calls, _id: string, values: Values, report: Report): Promise<number> {
  const name = required('name', values.name);
  const url = required('url', values.url);
  const auth = await readAuthInputs(values);
  const credentials = auth === undefined ? {} : { auth };
  return report.endpoint(await calls.create({ name, url, ...readFields(values), ...credentials }));
}

async function update(calls: Calls, id: string, values: Values, report: Report): Promise<number> {
  const auth = await readAuthInputs(values);
  if (auth !== undefined && values['no-auth'] === true) {
    throw new UsageError('--no-auth and credentials exclude each other');
  }
  if (auth === undefined && values['replace-auth'] === true) throw new UsageError('replace-auth by what?');
  const { name, url } = values;
  const body = {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
    ...readFields(values),
    ...(auth === undefined ? {} : { auth: await authToSend(calls, id, auth, values) }),
    ...(values['no-auth'] === true ? { auth: null } : {}),
  };
  if (Object.keys(body).length === 0) throw new UsageError('update what? Name an option');
  return report.endpoint(await calls.update(id, body));
}

async function authToSend(calls: Calls, id: string, auth: EndpointAuthInput[], values: Values) {
  if (values['replace-auth'] === true) return auth;
  return keepCredentials((await calls.get(id)).auth, auth);
}

async function rotateSecret(calls: Calls, id: string, values: Values, report: Report): Promise<number> {
  const text = values['overlap-seconds'];
  const limits = { min: 0, max: OVERLAP_SECONDS_MAX, otherwise: 0 };
  const overlap = text === undefined ? {} : { overlapSeconds: wholeNumber('overlap-seconds', text, limits) };
  return report.endpoint(await rotateSigningSecret(calls, id, overlap));
}

async function replay(calls: Calls, id: string, values: Values, report: Report): Promise<number> {
  return report.replayed(await calls.replay(id, readReplayBody(values)));
}

async function remove(calls: Calls, id: string, _values: Values, report: Report): Promise<number> {
  await calls.delete(id);
  return report.deleted(id);
}

function readReplayBody({ guid, from, to, states }: Values): ReplayBody {
  const chosen = states === undefined ? {} : { states: states.split(',').map(readReplayState) };
  if (guid !== undefined && from === undefined && to === undefined) return { guid, ...chosen };
  if (guid === undefined && from !== undefined && to !== undefined) return { from, to, ...chosen };
  throw new UsageError('replay what? Expected --guid GUID, or --from TIME and --to TIME');
}

function readReplayState(text: string): ReplayState {
  const state = REPLAY_STATES.find((one) => one === text);
  if (state === undefined) {
    throw new UsageError(`Cannot use --states ${text}: expected some of ${REPLAY_STATES.join(',')}`);
  }
  return state;
}

type Report = ReturnType<typeof createReport>;

/** Prints an answer for people or for programs; answers the exit code. */
function createReport(io: CliIo, json: boolean) {
  const print = (value: unknown, lines: readonly string[]): number => {
    if (json) io.out(JSON.stringify(value));
    else for (const line of lines) io.out(line);
    return 0;
  };
  return {
    list: (items: readonly Endpoint[]) =>
      print(
        { items },
        items.length === 0 ? ['No endpoints yet: earshot endpoints create'] : items.map(endpointLine),
      ),
    endpoint: (endpoint: EndpointWithSecret) => {
      const { signingSecret } = endpoint;
      const shown = signingSecret === undefined ? [] : [`signing secret ${signingSecret} (shown this once)`];
      return print(endpoint, [...endpointLines(endpoint), ...shown]);
    },
    test: (test: EndpointTest) => {
      print(test, testLines(test));
      return test.delivered ? 0 : 1;
    },
    replayed: (result: ReplayResult) =>
      print(result, [
        result.replayed === 1
          ? '1 message waits to be sent again'
          : `${result.replayed} messages wait to be sent again`,
        ...(result.complete ? [] : ['That is the most one replay takes: the same again takes up the rest']),
      ]),
    deleted: (id: string) => print({ deleted: id }, [`Deleted ${id}`]),
  };
}
