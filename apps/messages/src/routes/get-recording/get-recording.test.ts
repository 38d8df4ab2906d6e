import { describe, expect, it } from 'vitest';
import { readProblem } from '../../testing/retention-under-test.ts';
import {
  DURATION_MS,
  GUID,
  recordingsUnderTest,
  samplesOf,
  type LegChange,
} from '../../testing/recordings-under-test.ts';

const PATH = `${GUID}/recording`;
const WAV_BYTES = 44 + DURATION_MS * 32;
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('GET recording as mkv', () => {
  it('gives the file with its checksum as tag', async () => {
    const { get, file, sha256 } = await recordingsUnderTest();
    const response = await get(PATH);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `attachment; filename="${GUID}-1.mkv"`,
      'content-length': String(file.byteLength),
      'content-type': 'video/x-matroska',
      'x-content-type-options': 'nosniff',
      etag: `"${sha256}"`,
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await bytesOf(response)).equals(file)).toBe(true);
  });

  it('gives one range of it', async () => {
    const { get, file } = await recordingsUnderTest();
    const response = await get(PATH, { range: 'bytes=100-199' });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes 100-199/${file.byteLength}`);
    expect((await bytesOf(response)).equals(file.subarray(100, 200))).toBe(true);
  });

  it('gives nothing that is there already', async () => {
    const { get, sha256 } = await recordingsUnderTest();
    const response = await get(PATH, { 'if-none-match': `"${sha256}"` });
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 304, text: '' });
    expect(response.headers.get('etag')).toBe(`"${sha256}"`);
  });

  it('tells 416 with the size', async () => {
    const { get, file } = await recordingsUnderTest();
    const response = await get(PATH, { range: 'bytes=9999999-' });
    expect(response.headers.get('content-range')).toBe(`bytes */${file.byteLength}`);
    expect(await readProblem(response)).toMatchObject({ status: 416, code: '416-01' });
  });

  it('answers HEAD without the file', async () => {
    const { get, file } = await recordingsUnderTest();
    const response = await get(PATH, {}, 'HEAD');
    expect({ status: response.status, text: await response.text() }).toEqual({ status: 200, text: '' });
    expect(response.headers.get('content-length')).toBe(String(file.byteLength));
  });
});

describe('GET recording as wav', () => {
  it('has the customer left and the agent right', async () => {
    const { get, sha256 } = await recordingsUnderTest();
    const response = await get(`${PATH}?format=wav`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(response.headers.get('content-length')).toBe(String(WAV_BYTES));
    expect(response.headers.get('etag')).toBe(`"${sha256}-wav"`);
    const wav = await bytesOf(response);
    expect(wav.byteLength).toBe(WAV_BYTES);
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    const [customer, agent] = [samplesOf(1), samplesOf(2)];
    for (let at = 44, sample = 0; at < wav.byteLength; at += 4, sample += 2) {
      if (wav[at] !== customer[sample] || wav[at + 2] !== agent[sample]) {
        throw new Error(`Sample ${sample / 2} is another one`);
      }
    }
  });

  it.each([
    { range: 'bytes=0-43', from: 0, to: 44 },
    { range: 'bytes=40-49', from: 40, to: 50 },
    { range: 'bytes=50000-50999', from: 50_000, to: 51_000 },
    { range: 'bytes=-7', from: WAV_BYTES - 7, to: WAV_BYTES },
  ])('gives $range of it', async ({ range, from, to }) => {
    const { get } = await recordingsUnderTest();
    const whole = await bytesOf(await get(`${PATH}?format=wav`));
    const response = await get(`${PATH}?format=wav`, { range });
    expect(response.status).toBe(206);
    expect((await bytesOf(response)).equals(whole.subarray(from, to))).toBe(true);
  });
});

describe('GET recording of one leg', () => {
  const two: readonly LegChange[] = [{}, { durationMs: 1000 }];

  it('takes the only one there is', async () => {
    const { get } = await recordingsUnderTest({ legs: [{ leg: 2 }] });
    expect((await get(PATH, {}, 'HEAD')).headers.get('content-disposition')).toContain(`${GUID}-2.mkv`);
  });

  it('asks which where there are several', async () => {
    const { get } = await recordingsUnderTest({ legs: two });
    expect(await readProblem(await get(PATH))).toEqual({
      status: 400,
      code: '400-03',
      detail: '/leg must be one of 1, 2, as several were recorded',
    });
    expect((await get(`${PATH}?leg=2&format=wav`, {}, 'HEAD')).headers.get('content-length')).toBe('32044');
  });
});

describe('GET recording that cannot be had', () => {
  const CASES: readonly {
    readonly given: string;
    readonly legs: readonly LegChange[];
    readonly path?: string;
    readonly want: object;
    readonly retryAfter?: string;
  }[] = [
    {
      given: 'no such call',
      legs: [],
      path: 'another/recording',
      want: { status: 404, code: '404-01', detail: 'No call with this guid' },
    },
    {
      given: 'nothing recorded',
      legs: [],
      want: { status: 404, code: '404-01', detail: 'Nothing was recorded of this call' },
    },
    {
      given: 'another leg',
      legs: [{}],
      path: `${PATH}?leg=2`,
      want: { status: 404, code: '404-01', detail: 'Nothing was recorded of leg 2 of this call' },
    },
    {
      given: 'a call that runs',
      legs: [{ state: 'recording', file: undefined }],
      want: { status: 409, code: '409-01', detail: 'The recording of leg 1 is not finished' },
      retryAfter: '15',
    },
    {
      given: 'a file being written',
      legs: [{ state: 'finishing', file: undefined }],
      want: { status: 409, code: '409-01', detail: 'The recording of leg 1 is not finished' },
      retryAfter: '2',
    },
    {
      given: 'a failure',
      legs: [{ state: 'failed', problem: 'recordings.unreadable', file: undefined }],
      want: { status: 404, code: '404-01', detail: 'The recording of leg 1 failed: recordings.unreadable' },
    },
    {
      given: 'a WAV of more than 37 hours',
      legs: [{ durationMs: 37.5 * 3_600_000 }],
      path: `${PATH}?format=wav`,
      want: {
        status: 422,
        code: '422-01',
        detail: 'The recording is longer than WAV can hold: take it as mkv',
      },
    },
    {
      given: 'a format we have not',
      legs: [{}],
      path: `${PATH}?format=mp3`,
      want: { status: 400, code: '400-03', detail: '/format must be "mkv" or "wav"' },
    },
  ];

  it.each(CASES)('tells of $given', async ({ legs, path = PATH, want, retryAfter = null }) => {
    const { get } = await recordingsUnderTest({ legs });
    const response = await get(path);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await readProblem(response)).toEqual(want);
  });

  it('tells of a file that was erased in between', async () => {
    const { get, eraseFiles } = await recordingsUnderTest();
    await eraseFiles();
    for (const query of ['', '?format=wav']) {
      expect(await readProblem(await get(`${PATH}${query}`))).toEqual({
        status: 404,
        code: '404-01',
        detail: 'The recording was erased',
      });
    }
  });

  it('tells of a deployment that keeps none', async () => {
    const { get } = await recordingsUnderTest({ hasStore: false });
    expect(await readProblem(await get(PATH))).toMatchObject({ status: 503, code: '503-01' });
  });

  it('needs the scope recordings:read', async () => {
    const { get } = await recordingsUnderTest({ scopes: ['messages:read', 'transcripts:unredacted'] });
    for (const path of [PATH, `${GUID}/recordings`]) {
      expect(await readProblem(await get(path))).toMatchObject({ status: 403, code: '403-01' });
    }
  });
});
