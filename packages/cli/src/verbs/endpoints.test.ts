import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { CliError, UsageError } from '../verb.ts';
import { endpoints } from './endpoints.ts';

const ID = '3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11';
const FACTS = {
  subject: 'CN=earshot',
  issuer: 'CN=Example',
  notAfter: '2027-01-02T12:00:00.000Z',
  daysLeft: 40,
  sha256: '9f86',
};
const ENDPOINT = {
  id: ID,
  name: 'agent assist',
  url: 'https://hooks.example.com/',
  enabled: true,
  state: 'disabled',
  stateReason: 'The target answered 410',
  policy: 'durable',
  pendingMax: 100,
  pendingAgeMaxMs: 30_000,
  timeoutMs: 5000,
  partials: false,
  headOfLine: 'skip-after-attempts',
  skipAfterAttempts: 3,
  inFlightMax: 4,
  ratePerSecondMax: 10,
  operationalEvents: false,
  auth: [
    { type: 'secret', name: 'x-key', in: 'header' },
    { type: 'ca', certificates: [FACTS] },
    { type: 'mtls', certificate: FACTS },
    {
      type: 'oauth2',
      tokenUrl: 'https://login.example.com/token',
      clientId: 'earshot',
      clientAuthentication: 'tls',
    },
    { type: 'signature', previousUntil: '2026-11-24T12:00:00.000Z' },
  ],
  circuit: { state: 'open', nextProbeAt: '2026-11-23T12:01:00.000Z' },
  createdAt: '2026-11-23T12:00:00.000Z',
  updatedAt: '2026-11-23T12:00:00.000Z',
};

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => {
  api.asked.splice(0);
  api.answer(() => ({ body: ENDPOINT }));
});
afterAll(() => api.close());

const PATH = '/earshot/v1/endpoints';
const create = ['create', '--name', 'n', '--url', 'https://hooks.example.com/'] as const;
const run = (...args: readonly string[]) => api.run(endpoints, ...args);
const sent = () => api.asked.filter(({ method }) => method !== 'GET').map(({ body }) => body);

describe('earshot endpoints', () => {
  it('lists every page', async () => {
    api.answer(({ path }) =>
      path.includes('cursor=')
        ? { body: { items: [{ ...ENDPOINT, circuit: { state: 'closed' }, auth: [] }] } }
        : { body: { items: [ENDPOINT], nextCursor: 'c' } },
    );
    expect((await run('list')).lines).toEqual([
      `${ID}  disabled  durable   agent assist  https://hooks.example.com/  secret+ca+mtls+oauth2+signature  circuit open`,
      `${ID}  disabled  durable   agent assist  https://hooks.example.com/  no auth`,
    ]);
    expect(api.asked.map(({ path }) => path)).toEqual([`${PATH}?limit=100`, `${PATH}?limit=100&cursor=c`]);
  });

  it('says how to begin when there are none', async () => {
    api.answer(() => ({ body: { items: [] } }));
    expect((await run('list')).lines).toEqual(['No endpoints yet: earshot endpoints create']);
    expect((await run('list', '--json')).lines).toEqual(['{"items":[]}']);
  });

  it('shows everything that is no secret', async () => {
    expect((await run('show', ID)).lines).toEqual([
      `id             ${ID}`,
      'name           agent assist',
      'url            https://hooks.example.com/',
      'state          disabled (The target answered 410)',
      'circuit        open, next try at 2026-11-23T12:01:00.000Z',
      'policy         durable, skip after 3 attempts',
      'timeout        5000 ms',
      'pending        100 messages, 30000 ms',
      'in flight      4 at most',
      'rate           10 a second at most',
      'gets           transcripts',
      'auth           secret in header x-key',
      'auth           authority CN=earshot, until 2027-01-02T12:00:00.000Z (40 days)',
      'auth           client certificate CN=earshot, until 2027-01-02T12:00:00.000Z (40 days)',
      'auth           OAuth2 earshot at https://login.example.com/token (tls)',
      'auth           signature, the previous secret too until 2026-11-24T12:00:00.000Z',
    ]);
    expect(JSON.parse((await run('show', ID, '--json')).lines.join(''))).toEqual(ENDPOINT);
  });

  it('shows a signing secret that was made', async () => {
    api.answer(() => ({ status: 201, body: { ...ENDPOINT, signingSecret: 'whsec_abc' } }));
    expect((await run(...create, '--sign')).lines.at(-1)).toBe('signing secret whsec_abc (shown this once)');
    expect(sent()).toEqual([{ name: 'n', url: 'https://hooks.example.com/', auth: [{ type: 'signature' }] }]);
  });

  it('creates with every field by options', async () => {
    const numbers = ['--timeout-ms', '2000', '--pending-max', '7', '--pending-age-max-ms', '9000'];
    const lane = [
      '--policy',
      'durable',
      '--head-of-line',
      'skip-after-attempts',
      '--skip-after-attempts',
      '3',
    ];
    const limits = ['--in-flight-max', '4', '--rate-per-second-max', '10'];
    const switches = ['--enabled', 'off', '--partials', 'on', '--operational-events', 'off'];
    await run(...create, ...numbers, ...lane, ...limits, ...switches);
    expect(sent()).toEqual([
      {
        name: 'n',
        url: 'https://hooks.example.com/',
        timeoutMs: 2000,
        pendingMax: 7,
        pendingAgeMaxMs: 9000,
        policy: 'durable',
        headOfLine: 'skip-after-attempts',
        skipAfterAttempts: 3,
        inFlightMax: 4,
        ratePerSecondMax: 10,
        enabled: false,
        partials: true,
        operationalEvents: false,
      },
    ]);
  });

  it('creates with all strategies, from options and files', async () => {
    const secret = await api.file('secret', 'from a file\n');
    const ca = await api.file('ca.pem', 'CA\n');
    const cert = await api.file('client.pem', 'CERT\n');
    const key = await api.file('client.key', 'KEY\n');
    const passphrase = await api.file('passphrase', 'open sesame\r\n');
    const signing = await api.file('signing', 'whsec_abc\n');
    const named = ['--secret-header', 'x-key=a=b', '--secret-query', `token=@${secret}`];
    const mtls = ['--client-cert', cert, '--client-key', key, '--passphrase-file', passphrase];
    const client = ['--oauth2-client-id', 'c', '--oauth2-client-secret-file', secret];
    const token = [
      '--oauth2-token-url',
      'https://login.example.com/token',
      '--scope',
      's',
      '--audience',
      'a',
    ];
    const signature = ['--signing-secret-file', signing];
    await run(...create, ...named, '--ca', ca, ...mtls, ...client, ...token, ...signature);
    expect(sent()).toMatchObject([
      {
        auth: [
          { type: 'secret', name: 'x-key', in: 'header', value: 'a=b' },
          { type: 'secret', name: 'token', in: 'query', value: 'from a file' },
          { type: 'ca', certificates: 'CA\n' },
          { type: 'mtls', certificate: 'CERT\n', privateKey: 'KEY\n', passphrase: 'open sesame' },
          {
            type: 'oauth2',
            tokenUrl: 'https://login.example.com/token',
            clientId: 'c',
            clientAuthentication: 'basic',
            clientSecret: 'from a file',
            scope: 's',
            audience: 'a',
          },
          { type: 'signature', secret: 'whsec_abc' },
        ],
      },
    ]);
  });

  it('creates with a signed assertion, and with a certificate as the way to tokens', async () => {
    const key = await api.file('jwt.key', 'KEY\n');
    const oauth2 = ['--oauth2-token-url', 'https://l.example/', '--oauth2-client-id', 'c', '--oauth2-auth'];
    await run(...create, ...oauth2, 'private_key_jwt', '--oauth2-private-key', key, '--oauth2-key-id', 'k');
    await run(...create, ...oauth2, 'tls', '--client-cert', key, '--client-key', key);
    expect(sent()).toMatchObject([
      { auth: [{ clientAuthentication: 'private_key_jwt', privateKey: 'KEY\n', keyId: 'k' }] },
      { auth: [{ type: 'mtls' }, { type: 'oauth2', clientAuthentication: 'tls' }] },
    ]);
  });

  it('updates only what is named', async () => {
    await run('update', ID, '--timeout-ms', '1000');
    await run('update', ID, '--no-auth');
    expect(sent()).toEqual([{ timeoutMs: 1000 }, { auth: null }]);
  });

  it('keeps the signature when other credentials are named again, and lets none go by itself', async () => {
    const only = (...types: string[]) => ({
      body: { ...ENDPOINT, auth: ENDPOINT.auth.filter(({ type }) => types.includes(type)) },
    });
    api.answer(() => only('secret', 'signature'));
    await run('update', ID, '--secret-header', 'X-Key=new');
    api.answer(() => only('signature'));
    await run('update', ID, '--sign');
    api.answer(() => only());
    await run('update', ID, '--sign');
    api.answer(() => ({ body: ENDPOINT }));
    await run('update', ID, '--sign', '--replace-auth');
    const secret = { type: 'secret', name: 'X-Key', in: 'header', value: 'new' };
    const sign = { type: 'signature' };
    expect(sent()).toEqual([{ auth: [secret, sign] }, { auth: [sign] }, { auth: [sign] }, { auth: [sign] }]);
  });

  it('says what to write where credentials would go', async () => {
    const told = run('update', ID, '--sign', '--secret-query', 'x-key=1');
    await expect(told).rejects.toThrow(
      new CliError(`update replaces all credentials, and these were not named again:
  --secret-header x-key=@FILE
  --ca FILE
  --client-cert FILE --client-key FILE
  --oauth2-token-url https://login.example.com/token --oauth2-client-id earshot --oauth2-auth tls
  Name them too, or let them go with --replace-auth`),
    );
    expect(sent()).toEqual([]);
  });

  it.each([
    { auth: [], want: `Let it sign: earshot endpoints update ${ID} --sign` },
    { auth: [{ type: 'signature' }], want: 'The endpoint was changed by somebody else' },
  ])('says what to do where no secret can be rotated: $want', async ({ auth, want }) => {
    const detail = 'The endpoint was changed by somebody else';
    const refused = { title: 'Conflict', status: 409, detail, code: '409-01', requestId: 'r' };
    api.answer(({ method }) =>
      method === 'GET' ? { body: { ...ENDPOINT, auth } } : { status: 409, body: refused },
    );
    await expect(run('rotate-secret', ID)).rejects.toThrow(want);
  });

  it.each([
    { args: ['pause', ID], want: { method: 'POST', path: `${PATH}/${ID}/pause`, body: undefined } },
    { args: ['resume', ID], want: { method: 'POST', path: `${PATH}/${ID}/resume`, body: undefined } },
    { args: ['rotate-secret', ID], want: { method: 'POST', path: `${PATH}/${ID}/rotate-secret`, body: {} } },
    {
      args: ['rotate-secret', ID, '--overlap-seconds', '0'],
      want: { method: 'POST', path: `${PATH}/${ID}/rotate-secret`, body: { overlapSeconds: 0 } },
    },
    { args: ['delete', ID], want: { method: 'DELETE', path: `${PATH}/${ID}`, body: undefined } },
  ])('asks for $args', async ({ args, want }) => {
    api.answer(({ method }) => (method === 'DELETE' ? { status: 204 } : { body: ENDPOINT }));
    expect((await run(...args)).exitCode).toBe(0);
    expect(api.asked).toEqual([want]);
  });

  it('tells what became of a test, with exit code 1 when it was not delivered', async () => {
    api.answer(() => ({ body: { delivered: true, status: 204, durationMs: 12, stage: 'response' } }));
    expect(await run('test', ID)).toEqual({ exitCode: 0, lines: ['Delivered in 12 ms, status 204'] });
    api.answer(() => ({
      body: {
        delivered: false,
        durationMs: 83,
        stage: 'tls',
        error: 'The certificate has expired',
        responsePreview: 'Not today',
        remedy: 'Renew it',
        certificate: FACTS,
      },
    }));
    expect(await run('test', ID)).toEqual({
      exitCode: 1,
      lines: [
        'Not delivered: it ended at stage tls after 83 ms',
        'error          The certificate has expired',
        'answered       Not today',
        'what to do     Renew it',
        'certificate    CN=earshot, until 2027-01-02T12:00:00.000Z (40 days)',
      ],
    });
  });

  it('replays a call, or a time range', async () => {
    api.answer(() => ({ status: 202, body: { replayed: 3, complete: true } }));
    expect((await run('replay', ID, '--guid', 'g')).lines).toEqual(['3 messages wait to be sent again']);
    const [from, to] = ['2026-11-23T12:00:00Z', '2026-11-23T13:00:00Z'];
    await run('replay', ID, '--from', from, '--to', to, '--states', 'failed,dead');
    expect(sent()).toEqual([{ guid: 'g' }, { from, to, states: ['failed', 'dead'] }]);
  });

  it('tells that a replay left some for the next', async () => {
    api.answer(() => ({ status: 202, body: { replayed: 10_000, complete: false } }));
    expect((await run('replay', ID, '--guid', 'g')).lines).toEqual([
      '10000 messages wait to be sent again',
      'That is the most one replay takes: the same again takes up the rest',
    ]);
  });

  it.each([
    [],
    ['show'],
    ['list', ID],
    ['show', ID, ID],
    ['create', '--name', 'n'],
    [...create, '--secret-header', 'no-value'],
    [...create, '--client-cert', 'a.pem'],
    [...create, '--oauth2-client-id', 'c'],
    [...create, '--oauth2-client-id', 'c', '--oauth2-token-url', 'https://l.example/'],
    [
      ...create,
      '--oauth2-client-id',
      'c',
      '--oauth2-token-url',
      'https://l.example/',
      '--oauth2-auth',
      'tls',
    ],
    [...create, '--timeout-ms', '10'],
    [...create, '--partials', 'yes'],
    ['update', ID],
    ['update', ID, '--no-auth', '--sign'],
    ['update', ID, '--replace-auth'],
    ['list', '--name', 'n'],
    ['pause', ID, '--url', 'https://l.example/'],
    ['rotate-secret', ID, '--sign'],
    ['replay', ID],
    ['replay', ID, '--guid', 'g', '--from', '2026-11-23T12:00:00Z'],
    ['replay', ID, '--guid', 'g', '--states', 'pending'],
  ])('says what is expected instead of %j %j %j %j %j %j', async (...args) => {
    await expect(run(...args.filter((arg) => typeof arg === 'string'))).rejects.toThrow(UsageError);
    expect(api.asked).toEqual([]);
  });

  it('names a file that cannot be read', async () => {
    await expect(run(...create, '--ca', '/no/such/file')).rejects.toThrow(
      new CliError('Cannot read /no/such/file: there is no such file, or it may not be read'),
    );
  });
});
