import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET erasures 401-01', () => {
  it('refuses a wrong secret', async () => {
    const { send } = retentionUnderTest({ headers: { 'asapp-api-secret': 'wrong' } });
    expect(await readProblem(await send('GET', 'erasures'))).toMatchObject({
      status: 401,
      code: '401-01',
    });
  });
});
