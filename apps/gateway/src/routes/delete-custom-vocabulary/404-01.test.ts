import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, VOCABULARIES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('DELETE custom-vocabularies 404-01', () => {
  it.each([
    { given: 'nothing has', id: '01KAS5J7V8R3T0M5Q2ZC4H9X1B' },
    { given: 'no entry could have', id: '%00' },
    { given: 'another tenant has', id: 'foreign' },
  ])('does not know an id that $given', async ({ id }) => {
    const { send, vocabularies } = await gatewayUnderTest({ scopes: ['admin'] });
    await vocabularies.create({ tenantId: 'tenant-2', id: 'foreign', phrase: 'a', soundsLike: [], atMs: 0 });
    const refusal = await readRefusal(await send('DELETE', `${VOCABULARIES}/${id}`));
    expect(refusal).toEqual({ status: 404, code: '404-01', message: 'No custom vocabulary with this id' });
    expect(await vocabularies.list('tenant-2')).toHaveLength(1);
  });
});
