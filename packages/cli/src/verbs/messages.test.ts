import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiUnderTest, type ApiUnderTest } from '../testing/api-under-test.ts';
import { UsageError } from '../verb.ts';
import { messages } from './messages.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApiUnderTest();
});

afterAll(async () => {
  await api.close();
});

const TRANSCRIPT = '/earshot/v1/conversations/a%2Fb/transcript';

describe('earshot messages', () => {
  it.each([
    { given: [], want: `${TRANSCRIPT}?format=txt` },
    { given: ['--format', 'vtt', '--leg', '2'], want: `${TRANSCRIPT}?format=vtt&leg=2` },
    { given: ['--format', 'json'], want: `${TRANSCRIPT}?format=json` },
  ])('prints what $want answers to $given', async ({ given, want }) => {
    api.asked.length = 0;
    api.answer(() => ({ body: { lines: [] } }));
    const { exitCode, lines } = await api.run(messages, 'a/b', ...given);
    expect([exitCode, lines]).toEqual([0, ['{"lines":[]}']]);
    expect(api.asked.map(({ path }) => path)).toEqual([want]);
  });

  it('prints each message of all pages as a line of JSON', async () => {
    api.answer(({ path }) => ({
      body: path.includes('cursor')
        ? { items: [{ text: 'b' }] }
        : { items: [{ text: 'a' }], nextCursor: 'next' },
    }));
    expect((await api.run(messages, 'g', '--json')).lines).toEqual(['{"text":"a"}', '{"text":"b"}']);
  });

  it.each([
    [[]],
    [['a', 'b']],
    [['a', '--format', 'pdf']],
    [['a', '--leg', '0']],
    [['a', '--json', '--leg', '1']],
  ])('is called wrongly with %j', async (args) => {
    await expect(api.run(messages, ...args)).rejects.toThrow(UsageError);
  });
});
