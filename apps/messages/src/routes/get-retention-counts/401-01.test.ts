import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET retention counts 401-01', () => {
  it('refuses a wrong secret', async () => {
    const { send } = retentionUnderTest({ headers: { 'asapp-api-secret': 'wrong' } });
    expect(await readProblem(await send('GET', 'retention/counts'))).toMatchObject({
      status: 401,
      code: '401-01',
    });
  });
});
