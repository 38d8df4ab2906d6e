import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUrlSigner } from '../../downloads/url-signer.ts';
import { DAY, DAY_AT, DUE_AT, useExporter } from '../../testing/exporter-under-test.ts';

const system = useExporter();
const FILE = `utterances-${DAY}.csv`;
let whole: string;
let address: URL;

beforeAll(async () => {
  await system.reset();
  await system.say(DAY_AT, 'hello');
  await system.builder().runDue(new AbortController().signal);
  whole = (await system.files())[FILE] ?? '';
});
beforeEach(async () => {
  system.setNow(DUE_AT);
  const asked = { feed: 'utterances', version: '1', format: 'csv', date: DAY, fileName: FILE };
  const { answer } = await system.app().call('getfeedfile', asked);
  address = new URL((answer as { url: string }).url);
});

async function get(headers: Record<string, string> = {}, method = 'GET') {
  const response = await system.app().app.request(address.href, { headers, method });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('GET of a signed address', () => {
  it('gives the file without a key', async () => {
    const { status, headers, text } = await get();
    expect({ status, text }).toEqual({ status: 200, text: whole });
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(whole)));
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${FILE}"`);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(await get({}, 'HEAD')).toMatchObject({ status: 200, text: '' });
  });

  it('takes no other method, and says so without a key', async () => {
    const { status, headers, text } = await get({}, 'POST');
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD' });
    expect(JSON.parse(text)).toMatchObject({
      error: { code: '405-01', message: 'This path does not take POST, only GET, HEAD' },
    });
  });

  it('is absolute, of the origin asked, and https where the ingress says so', async () => {
    expect(address.origin).toBe('http://localhost');
    const { app, headers } = system.app();
    const body = JSON.stringify({
      feed: 'utterances',
      version: '1',
      format: 'csv',
      date: DAY,
      fileName: FILE,
    });
    const init = { method: 'POST', headers: { ...headers, 'x-forwarded-proto': 'https' }, body };
    const response = await app.request('http://exports.example/fileexporter/v1/static/getfeedfile', init);
    expect(((await response.json()) as { url: string }).url).toMatch(/^https:\/\/exports\.example\//);
  });

  it.each([
    { range: 'bytes=0-9', from: 0, to: 10 },
    { range: 'bytes=10-', from: 10, to: undefined },
    { range: 'bytes=-5', from: -5, to: undefined },
    { range: 'bytes=3-100000', from: 3, to: undefined },
  ])('answers $range', async ({ range, from, to }) => {
    const { status, headers, text } = await get({ range });
    expect({ status, text }).toEqual({ status: 206, text: whole.slice(from, to) });
    expect(headers.get('content-range')).toMatch(new RegExp(`^bytes \\d+-\\d+/${whole.length}$`));
  });

  it.each(['bytes=0-1,3-4', 'rows=1-2', 'bytes=5-2', 'bytes=-'])('answers the whole to %s', async (range) => {
    expect(await get({ range })).toMatchObject({ status: 200, text: whole });
  });

  it.each(['bytes=100000-', 'bytes=-0'])('answers 416 to %s', async (range) => {
    const { status, headers } = await get({ range });
    expect({ status, range: headers.get('content-range') }).toEqual({
      status: 416,
      range: `bytes */${whole.length}`,
    });
  });

  it('answers a range only of the same file', async () => {
    const { headers } = await get();
    const etag = headers.get('etag') ?? '';
    expect(await get({ range: 'bytes=0-1', 'if-range': etag })).toMatchObject({ status: 206 });
    expect(await get({ range: 'bytes=0-1', 'if-range': '"another"' })).toMatchObject({ status: 200 });
  });

  it.each([
    { what: 'another key', change: () => address.searchParams.set('key', 'tenant-2/file.csv') },
    { what: 'a longer life', change: () => address.searchParams.set('expires', '9999999999') },
    { what: 'no signature', change: () => address.searchParams.delete('signature') },
    { what: 'half a signature', change: () => address.searchParams.set('signature', 'AAAA') },
    { what: 'another name', change: () => (address.pathname = address.pathname.replace('.csv', '.html')) },
    { what: 'a path that leads up', change: () => (address.pathname += '%2f..%2f..%2fetc%2fpasswd') },
    { what: 'an expired time', change: () => system.setNow(DUE_AT + 300_000) },
  ])('is refused with $what', async ({ change }) => {
    change();
    const { status, text } = await get();
    expect({ status, code: (JSON.parse(text) as { error: { code: string } }).error.code }).toEqual({
      status: 403,
      code: '403-01',
    });
  });

  it('works until its five minutes are over', async () => {
    system.setNow(DUE_AT + 299_999);
    expect(await get()).toMatchObject({ status: 200 });
  });

  it('answers 404 once the file is gone', async () => {
    const signer = createUrlSigner(new Uint8Array(32), system.clock);
    address = new URL(signer.sign({ key: 'tenant-1/gone.csv', fileName: 'gone.csv' }), address.origin);
    expect(await get()).toMatchObject({ status: 404 });
  });
});
