import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { erase } from './erase.ts';
import { retention } from './retention.ts';

const RECEIPT = {
  id: 'e-1',
  subject: 'conversation',
  at: '2026-11-23T12:00:00.000Z',
  requestedBy: 'ek_1',
  counts: { conversations: 1, messages: 84 },
  digest: 'abc',
};
const LINES = [
  'receipt e-1  conversation  erased 2026-11-23T12:00:00.000Z  by ek_1',
  '  conversations 1, messages 84',
  '  digest abc',
];
const SETTINGS = { messagesDays: 7, deliveriesDays: 7, auditDays: 365 };

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => {
  api.asked.splice(0);
});
afterAll(() => api.close());

const asked = () => api.asked.map(({ method, path }) => `${method} ${path}`);

describe('earshot erase', () => {
  it('erases a conversation and prints the receipt', async () => {
    api.answer(() => ({ body: { ...RECEIPT, complete: true } }));
    const { exitCode, lines } = await api.run(erase, 'conversation', 'guid-1', '--yes');
    expect([exitCode, lines]).toEqual([0, LINES]);
    expect(asked()).toEqual(['DELETE /earshot/v1/conversations/guid-1']);
  });

  it('erases a customer until all is gone, a receipt for each time', async () => {
    api.answer(() => ({ body: { ...RECEIPT, subject: 'customer', complete: api.asked.length === 3 } }));
    const { lines } = await api.run(erase, 'customer', 'a/b', '--yes', '--json');
    expect(lines).toHaveLength(3);
    expect(asked()).toEqual(Array.from({ length: 3 }, () => 'DELETE /earshot/v1/customers/a%2Fb'));
  });

  it.each([
    { verified: true, digest: [], want: 0 },
    { verified: true, digest: ['--digest', 'abc'], want: 0 },
    { verified: true, digest: ['--digest', 'abd'], want: 1 },
    { verified: false, digest: [], want: 1 },
  ])('ends with $want for a receipt with verified $verified and $digest', async (given) => {
    api.answer(() => ({ body: { ...RECEIPT, verified: given.verified } }));
    const { exitCode, lines } = await api.run(erase, 'receipt', 'e-1', ...given.digest);
    expect(exitCode).toBe(given.want);
    expect(lines.slice(0, 3)).toEqual(LINES);
    expect(asked()).toEqual(['GET /earshot/v1/erasures/e-1']);
  });

  it('tells programs too whether a receipt is the one they hold', async () => {
    api.answer(() => ({ body: { ...RECEIPT, verified: true } }));
    const { exitCode, lines } = await api.run(erase, 'receipt', 'e-1', '--digest', 'abd', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(lines.join(''))).toEqual({ ...RECEIPT, verified: true, isTheOneHeld: false });
  });

  it('lists the receipts over all pages, for people and for programs, and ends with 1 when one was changed', async () => {
    const receipts = ['e-3', 'e-2', 'e-1'].map((id) => ({ ...RECEIPT, id, verified: id !== 'e-2' }));
    const last = '/earshot/v1/erasures?limit=100&cursor=2';
    api.answer(({ path }) => ({
      body: path === last ? { items: receipts.slice(2) } : { items: receipts.slice(0, 2), nextCursor: '2' },
    }));
    const { exitCode, lines } = await api.run(erase, 'list');
    expect(asked()).toEqual(['GET /earshot/v1/erasures?limit=100', `GET ${last}`]);
    const [first = '', ...rest] = LINES;
    const linesOf = (id: string) => [first.replace('e-1', id), ...rest];
    const changed = '  not verified: what is stored is not what was signed';
    expect([exitCode, lines]).toEqual([
      1,
      [...linesOf('e-3'), ...linesOf('e-2'), changed, ...linesOf('e-1')],
    ]);
    const printed = await api.run(erase, 'list', '--json');
    expect(printed.exitCode).toBe(1);
    expect(printed.lines.map((line) => JSON.parse(line) as unknown)).toEqual(receipts);
  });

  it('lists those of the days that are named, and says that there are none', async () => {
    api.answer(() => ({ body: { items: [] } }));
    const days = ['--from', '2026-11-01', '--to', '2026-11-22'];
    const { exitCode, lines } = await api.run(erase, 'list', ...days);
    expect([exitCode, lines]).toEqual([0, ['No receipts']]);
    expect((await api.run(erase, 'list', '--json')).lines).toEqual([]);
    expect(asked()[0]).toBe('GET /earshot/v1/erasures?from=2026-11-01&to=2026-11-22&limit=100');
  });

  it.each([
    ['list', 'e-1'],
    ['receipt', 'e-1', '--from', '2026-11-22'],
    ['conversation', 'guid-1'],
    ['customer', 'c'],
    ['customer', '--yes'],
    ['everything', 'x', '--yes'],
    ['conversation', 'a', 'b', '--yes'],
  ])('erases nothing for %s %s', async (...args) => {
    await expect(api.run(erase, ...args)).rejects.toThrow(UsageError);
    expect(api.asked).toEqual([]);
  });
});

describe('earshot retention', () => {
  it('shows and sets the days, and leaves the others', async () => {
    api.answer(({ method, body }) => ({ body: method === 'PUT' ? body : SETTINGS }));
    const rest = 'deliveries 7 days, receipts 365 days';
    const line = (days: number, recordings = 'with their conversation', exported = 'as messages') => [
      `messages ${days} days, recordings ${recordings}, exports ${exported}, ${rest}`,
    ];
    expect((await api.run(retention, 'show')).lines).toEqual(line(7));
    expect((await api.run(retention, 'set', '--messages-days', '30')).lines).toEqual(line(30));
    expect(api.asked.at(-1)?.body).toEqual({ ...SETTINGS, messagesDays: 30 });
    expect((await api.run(retention, 'set', '--recordings-days', '3')).lines).toEqual(line(7, '3 days'));
    expect(api.asked.at(-1)?.body).toEqual({ ...SETTINGS, recordingsDays: 3 });
    await api.run(retention, 'set', '--recordings-days', '0');
    expect(api.asked.at(-1)?.body).toEqual(SETTINGS);
    expect((await api.run(retention, 'set', '--exports-days', '2')).lines).toEqual(
      line(7, 'with their conversation', '2 days'),
    );
    expect(api.asked.at(-1)?.body).toEqual({ ...SETTINGS, exportsDays: 2 });
    await api.run(retention, 'set', '--exports-days', '0');
    expect(api.asked.at(-1)?.body).toEqual(SETTINGS);
  });

  it('leaves the days of recordings and exports that were chosen', async () => {
    const chosen = { ...SETTINGS, recordingsDays: 3, exportsDays: 2 };
    api.answer(({ method, body }) => ({ body: method === 'PUT' ? body : chosen }));
    await api.run(retention, 'set', '--audit-days', '30');
    expect(api.asked.at(-1)?.body).toEqual({ ...chosen, auditDays: 30 });
  });

  it('lists the holds over all pages, for people and for programs', async () => {
    const holds = ['a', 'b', 'c'].map((externalId) => ({
      externalId,
      placedAt: RECEIPT.at,
      placedBy: 'ek_1',
    }));
    const last = '/earshot/v1/retention/holds?limit=100&cursor=2';
    api.answer(({ path }) => ({
      body: path === last ? { items: holds.slice(2) } : { items: holds.slice(0, 2), nextCursor: '2' },
    }));
    const lines = holds.map(({ externalId }) => `${externalId}  since ${RECEIPT.at}  by ek_1`);
    expect((await api.run(retention, 'holds')).lines).toEqual(lines);
    expect(asked()).toEqual(['GET /earshot/v1/retention/holds?limit=100', `GET ${last}`]);
    const printed = await api.run(retention, 'holds', '--json');
    expect(printed.lines.map((line) => JSON.parse(line) as unknown)).toEqual(holds);
  });

  it('says that there are no holds', async () => {
    api.answer(() => ({ body: { items: [] } }));
    expect((await api.run(retention, 'holds')).lines).toEqual(['No holds']);
    expect((await api.run(retention, 'holds', '--json')).lines).toEqual([]);
  });

  it('tells what was erased and since when the rest is kept, for people and for programs', async () => {
    const nothing = {
      conversations: 0,
      messages: 0,
      recordings: 0,
      deliveries: 0,
      exportDays: 0,
      receipts: 0,
    };
    const counts = {
      from: '2026-10-25',
      to: '2026-11-23',
      byAge: { ...nothing, conversations: 41, messages: 1_234_567 },
      onRequest: { ...nothing, exportDays: 2 },
      days: [],
      kept: { conversationsSince: RECEIPT.at, exportsSince: '2026-11-16', exportDays: 7, holds: 10_000 },
    };
    api.answer(() => ({ body: counts }));
    expect((await api.run(retention, 'counts')).lines).toEqual([
      'Erased from 2026-10-25 to 2026-11-23 (UTC)',
      '                by age  on request  kept since',
      'conversations       41           0  2026-11-23T12:00:00.000Z',
      'messages       1234567           0  with their conversation',
      'recordings           0           0  none kept',
      'deliveries           0           0  none kept',
      'export days          0           2  2026-11-16',
      'receipts             0           0  none kept',
      'days of exports kept: 7, conversations on hold: 10000 or more',
    ]);
    const days = ['--from', '2026-10-25', '--to', '2026-11-23'];
    const printed = await api.run(retention, 'counts', ...days, '--json');
    expect(printed.lines.map((line) => JSON.parse(line) as unknown)).toEqual([counts]);
    const path = '/earshot/v1/retention/counts';
    expect(asked()).toEqual([`GET ${path}`, `GET ${path}?from=2026-10-25&to=2026-11-23`]);
  });

  it('places and lifts a hold', async () => {
    api.answer(({ method }) =>
      method === 'DELETE' ? { status: 204 } : { body: { externalId: 'g', placedAt: RECEIPT.at } },
    );
    expect((await api.run(retention, 'hold', 'g')).lines).toEqual([`Held since ${RECEIPT.at}`]);
    expect((await api.run(retention, 'lift', 'g')).lines).toEqual(['Not held']);
    const path = '/earshot/v1/conversations/g/hold';
    expect(asked()).toEqual([`PUT ${path}`, `DELETE ${path}`]);
  });

  it.each([
    [],
    ['set'],
    ['hold'],
    ['holds', 'x'],
    ['counts', 'x'],
    ['show', '--from', '2026-11-22'],
    ['show', 'x'],
    ['set', '--messages-days', '0'],
  ])('says what is expected instead of %j %j %j', async (...args) => {
    const words = args.filter((arg) => typeof arg === 'string');
    await expect(api.run(retention, ...words)).rejects.toThrow(UsageError);
    expect(api.asked).toEqual([]);
  });
});
