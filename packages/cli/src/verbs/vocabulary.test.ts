import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { vocabulary } from './vocabulary.ts';

const FUSION = { id: '01A', phrase: 'Polo Fusion', soundsLike: ['polo fuse on', 'fourth fusion'] };
const HBO = { id: '01B', phrase: 'HBO Max', soundsLike: [] };
const FUSION_LINE = '01A  Polo Fusion  heard as polo fuse on, fourth fusion';
const PATH = '/configuration/v1/custom-vocabularies';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
beforeEach(() => {
  api.asked.splice(0);
  api.answer(({ method }) => ({ status: method === 'POST' ? 201 : 200, body: FUSION }));
});
afterAll(() => api.close());

const run = (...args: readonly string[]) => api.run(vocabulary, ...args);

describe('earshot vocabulary', () => {
  it('lists all pages', async () => {
    api.answer(({ path }) => ({
      body: path.includes('cursor=2nd')
        ? { customVocabularies: [HBO], nextCursor: null, prevCursor: '1st' }
        : { customVocabularies: [FUSION], nextCursor: '2nd', prevCursor: null },
    }));
    expect((await run('list')).lines).toEqual([FUSION_LINE, '01B  HBO Max']);
    expect((await run('list', '--json')).lines).toEqual([JSON.stringify({ items: [FUSION, HBO] })]);
  });

  it('tells that there are none and how to add one', async () => {
    api.answer(() => ({ body: { customVocabularies: [], nextCursor: null, prevCursor: null } }));
    expect((await run('list')).lines).toEqual(['No words yet: earshot vocabulary add PHRASE']);
  });

  it('adds one with what it sounds like', async () => {
    const spellings = FUSION.soundsLike.flatMap((text) => ['--sounds-like', text]);
    expect((await run('add', 'Polo Fusion', ...spellings)).lines).toEqual([FUSION_LINE]);
    const { phrase, soundsLike } = FUSION;
    expect(api.asked).toEqual([{ method: 'POST', path: PATH, body: { phrase, soundsLike } }]);
  });

  it('deletes each id', async () => {
    expect((await run('delete', '01A', '01/B')).lines).toEqual(Array(2).fill('Deleted 01A  Polo Fusion'));
    expect(api.asked.map(({ method, path }) => [method, path])).toEqual([
      ['DELETE', `${PATH}/01A`],
      ['DELETE', `${PATH}/01%2FB`],
    ]);
  });

  it.each([
    { given: [], want: 'expected list, add or delete' },
    { given: ['add'], want: 'add which phrase?' },
    { given: ['add', 'Polo', 'Fusion'], want: 'put "Polo Fusion" in quotes if it is one' },
    { given: ['delete'], want: 'delete which entry?' },
    { given: ['list', '--sounds-like', 'x'], want: '--sounds-like' },
    { given: ['list', 'all'], want: 'there is no place for all' },
  ])('refuses $given before it asks the system', async ({ given, want }) => {
    const refused = run(...given);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(want);
    expect(api.asked).toEqual([]);
  });
});
