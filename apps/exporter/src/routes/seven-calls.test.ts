import { beforeAll, describe, expect, it } from 'vitest';
import { DAY, DAY_AT, DUE_AT, HOUR_MS, useExporter } from '../testing/exporter-under-test.ts';

const system = useExporter();
const FEED = { feed: 'utterances', version: '1', format: 'jsonl' };
const ON_DAY = { ...FEED, date: DAY };
const FILE = `utterances-${DAY}.jsonl`;
const HOUR_FILE = `utterances-${DAY}-hr13.jsonl`;
const INTERVALS = Array.from({ length: 24 }, (_, hour) => `hr=${String(hour).padStart(2, '0')}`);

beforeAll(async () => {
  await system.reset();
  await system.say(DAY_AT + 13 * HOUR_MS, 'hello');
  await system.builder().runDue(new AbortController().signal);
});

describe('the seven calls', () => {
  const chain = [
    { call: 'listfeeds', given: undefined, want: { feeds: ['utterances'] } },
    { call: 'listfeedversions', given: { feed: 'utterances' }, want: { versions: ['1'] } },
    {
      call: 'listfeedformats',
      given: { feed: 'utterances', version: '1' },
      want: { formats: ['jsonl', 'csv', 'parquet'] },
    },
    { call: 'listfeeddates', given: FEED, want: { dates: [DAY] } },
    { call: 'listfeedintervals', given: ON_DAY, want: { intervals: INTERVALS } },
    { call: 'listfeedfiles', given: ON_DAY, want: { files: [FILE] } },
    { call: 'listfeedfiles', given: { ...ON_DAY, interval: 'hr=13' }, want: { files: [HOUR_FILE] } },
    { call: 'listfeedfiles', given: { ...ON_DAY, interval: 'hr=14' }, want: { files: [] } },
    {
      call: 'getfeedfile',
      given: { ...ON_DAY, fileName: FILE },
      want: { url: expect.stringContaining(`/fileexporter/v1/files/${FILE}?key=`) },
    },
    {
      call: 'getfeedfile',
      given: { ...ON_DAY, interval: 'hr=13', fileName: HOUR_FILE },
      want: { url: expect.stringContaining(HOUR_FILE) },
    },
  ];

  it.each(chain)('$call echoes $given and adds one thing', async ({ call, given, want }) => {
    expect(await system.app().call(call, given)).toEqual({ status: 200, answer: { ...given, ...want } });
  });

  it.each(chain)(
    '$call takes partition-style values back, and a trailing slash',
    async ({ call, given, want }) => {
      const partition: Record<string, string> = {
        version: 'version=1',
        format: 'format=jsonl',
        date: `dt=${DAY}`,
      };
      const asked =
        given &&
        Object.fromEntries(Object.entries(given).map(([name, value]) => [name, partition[name] ?? value]));
      expect(await system.app().call(`${call}/`, asked)).toEqual({
        status: 200,
        answer: { ...asked, ...want },
      });
    },
  );

  it.each([
    { call: 'listfeedversions', given: { feed: 'autosummary' }, want: '/feed must be one of utterances' },
    {
      call: 'listfeedformats',
      given: { feed: 'utterances', version: '2' },
      want: '/version must be one of 1',
    },
    {
      call: 'listfeeddates',
      given: { ...FEED, format: 'xml' },
      want: '/format must be one of jsonl, csv, parquet',
    },
    {
      call: 'listfeedintervals',
      given: { ...ON_DAY, date: '2026-11-19' },
      want: `/date must be one of ${DAY}`,
    },
    { call: 'listfeedfiles', given: { ...ON_DAY, date: '2026-02-30' }, want: `/date must be one of ${DAY}` },
    {
      call: 'listfeedfiles',
      given: { ...ON_DAY, interval: 'hr=24' },
      want: '/interval must be one of hr=12',
    },
    {
      call: 'listfeedfiles',
      given: { ...ON_DAY, interval: 'hr=01/mi=01' },
      want: '/interval must be one of',
    },
    {
      call: 'getfeedfile',
      given: { ...ON_DAY, fileName: '../up.jsonl' },
      want: `/fileName must be one of ${FILE}`,
    },
    {
      call: 'getfeedfile',
      given: { ...ON_DAY, format: 'csv', fileName: FILE },
      want: `/fileName must be one of utterances-${DAY}.csv`,
    },
    {
      call: 'getfeedfile',
      given: { ...ON_DAY, interval: 'hr=13', fileName: FILE },
      want: `/fileName must be one of ${HOUR_FILE}`,
    },
  ])('$call answers 422-01 to $given and names what there is', async ({ call, given, want }) => {
    const { status, answer } = await system.app().call(call, given);
    expect({ status, answer }).toEqual({
      status: 422,
      answer: {
        error: { requestId: expect.any(String), code: '422-01', message: expect.stringContaining(want) },
      },
    });
  });

  it.each([
    { given: {}, want: '/feed is required' },
    { given: { feed: 1 }, want: '/feed must be' },
    { given: { feed: '' }, want: '/feed must not be empty' },
  ])('answers 400-03 to $given', async ({ given, want }) => {
    const { status, answer } = await system.app().call('listfeedversions', given);
    expect({ status, answer }).toMatchObject({
      status: 400,
      answer: { error: { code: '400-03', message: expect.stringContaining(want) } },
    });
  });

  it.each(chain)('$call wants a key, and one with export:read', async ({ call, given }) => {
    const without = system.app(['messages:read']);
    expect(await without.call(call, given)).toMatchObject({
      status: 403,
      answer: { error: { code: '403-01' } },
    });
    const nobody = await without.app.request(`/fileexporter/v1/static/${call}`, { method: 'POST' });
    expect(nobody.status).toBe(401);
  });

  it('shows nothing of another tenant', async () => {
    await system.sql(`insert into tenants (tenant_id, name) values ('other', 'Other')`);
    await system.storage.exports.requestRebuild(
      { tenantId: 'other', day: '2026-11-01' },
      { atMs: DUE_AT, purge: false },
    );
    await system.builder().runDue(new AbortController().signal);
    expect(await system.app().call('listfeeddates', FEED)).toMatchObject({ answer: { dates: [DAY] } });
  });
});

describe('GET /earshot/v1/exports/{date}', () => {
  const read = async (date: string) => {
    const { app, headers } = system.app();
    const response = await app.request(`/earshot/v1/exports/${date}`, { headers });
    return { status: response.status, answer: (await response.json()) as unknown };
  };

  it('is the manifest with counts and checksums', async () => {
    const { status, answer } = await read(DAY);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ feed: 'utterances', version: '1', date: DAY, state: 'closed' });
    const file = {
      format: 'jsonl',
      fileName: FILE,
      rowCount: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    const unit = { revision: 1, rowCount: 1, lateRowCount: 0, closedAt: '2026-11-21T01:59:00.000Z' };
    expect(answer).toHaveProperty('units.0', expect.objectContaining(unit));
    expect(answer).toHaveProperty('units.0.files', expect.arrayContaining([expect.objectContaining(file)]));
    expect(JSON.stringify(answer)).not.toContain('objectKey');
  });

  it.each([
    { date: '2026-11-02', want: { status: 404, answer: { code: '404-01' } } },
    { date: 'yesterday', want: { status: 400, answer: { code: '400-03' } } },
  ])('answers $want for $date', async ({ date, want }) => {
    expect(await read(date)).toMatchObject(want);
  });
});

describe('POST /earshot/v1/exports/{date}/rebuild', () => {
  const path = (date: string) => `/earshot/v1/exports/${date}/rebuild`;

  it('asks for a rebuild and wakes the builder', async () => {
    const { ask, wakes } = system.app(['admin']);
    expect(await ask(path(DAY))).toEqual({ status: 202, answer: { date: DAY, state: 'waiting' } });
    expect(wakes).toHaveLength(1);
    const day = await system.storage.exports.readDay('tenant-1', DAY);
    expect(day?.rebuildRequestedAtMs).toBe(DUE_AT);
  });

  it.each([
    { date: '2026-11-21', scopes: ['admin'] as const, want: { status: 409, answer: { code: '409-01' } } },
    { date: 'today', scopes: ['admin'] as const, want: { status: 400, answer: { code: '400-03' } } },
    { date: DAY, scopes: ['export:read'] as const, want: { status: 403, answer: { code: '403-01' } } },
  ])('answers $want for $date', async ({ date, scopes, want }) => {
    expect(await system.app(scopes).ask(path(date))).toMatchObject(want);
  });
});
