import { describe, expect, it } from 'vitest';
import { readProblem, retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('retention 403-01', () => {
  it.each<{ given: readonly [string, string, unknown?] }>([
    { given: ['DELETE', 'conversations/call'] },
    { given: ['PUT', 'conversations/call/hold'] },
    { given: ['DELETE', 'conversations/call/hold'] },
    { given: ['DELETE', 'customers/caller'] },
    { given: ['GET', 'erasures'] },
    { given: ['GET', 'erasures/any'] },
    { given: ['GET', 'retention'] },
    { given: ['GET', 'retention/holds'] },
    { given: ['GET', 'retention/counts'] },
    { given: ['PUT', 'retention', { messagesDays: 1, deliveriesDays: 1, auditDays: 1 }] },
  ])('refuses $given to a key without the scope admin', async ({ given }) => {
    const { send, receipts } = retentionUnderTest({ scopes: ['messages:read', 'stream:write'] });
    expect(await readProblem(await send(...given))).toMatchObject({ status: 403, code: '403-01' });
    expect(receipts.size).toBe(0);
  });
});
