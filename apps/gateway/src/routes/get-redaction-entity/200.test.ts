import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES } from '../../testing/gateway-under-test.ts';

describe('GET redaction-entities/{entityId} 200', () => {
  it.each(['CREDIT_CARD_NUMBER', 'credit_card_number', 'CREDIT_DEBIT_NUMBER'])('answers %s', async (id) => {
    const { get } = await gatewayUnderTest({ scopes: ['admin'] });
    const response = await get(`${REDACTION_ENTITIES}/${id}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: 'CREDIT_CARD_NUMBER',
      description: 'Payment card numbers',
      policies: { autoTranscribe: true },
    });
  });

  it('accepts a trailing slash', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['admin'] });
    expect(await (await get(`${REDACTION_ENTITIES}/ZIP/`)).json()).toMatchObject({
      id: 'ZIP',
      policies: { autoTranscribe: false },
    });
  });
});
