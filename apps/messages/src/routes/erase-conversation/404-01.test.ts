import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('DELETE conversation 404-01', () => {
  it.each(['nobody', '%00', 'a'.repeat(257)])('knows no conversation %s', async (given) => {
    const { send } = retentionUnderTest();
    expect(await readProblem(await send('DELETE', `conversations/${given}`))).toEqual({
      status: 404,
      code: '404-01',
      detail: 'No conversation with this externalId',
    });
  });
});
