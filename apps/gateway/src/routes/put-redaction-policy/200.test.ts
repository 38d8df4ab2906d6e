import { DEFAULT_ENTITIES, ENTITY_NAMES } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { ACCEPTED_AT_MS, gatewayUnderTest, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';

async function putter() {
  const gateway = await gatewayUnderTest({ scopes: ['admin'] });
  const put = async (body: unknown) => {
    const response = await gateway.send('PUT', REDACTION_POLICY, body);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return { ...gateway, put };
}

describe('PUT redaction-policy 200', () => {
  it('replaces the policy and answers it with our names of entities, each once', async () => {
    const { put, get } = await putter();
    await put({ mode: 'strict' });
    const answer = await put({
      mode: 'custom',
      mask: 'label',
      entities: { customer: ['email address', 'PIN', 'CREDIT_DEBIT_NUMBER', 'pin'], agent: [] },
      customRules: [{ name: 'MEMBER_NUMBER', pattern: String.raw`\bm-[0-9]{6}\b`, comment: 'ignored' }],
      revision: 99,
    });
    expect(answer).toEqual({
      status: 200,
      body: {
        mode: 'custom',
        mask: 'label',
        entities: { customer: ['CREDIT_CARD_NUMBER', 'PIN', 'EMAIL'], agent: [] },
        customRules: [{ name: 'MEMBER_NUMBER', pattern: String.raw`\bm-[0-9]{6}\b` }],
        forced: false,
        revision: 2,
        updatedAt: new Date(ACCEPTED_AT_MS).toISOString(),
      },
    });
    expect(await (await get(REDACTION_POLICY)).json()).toEqual(answer.body);
  });

  it.each([
    { given: { mode: 'balanced' }, want: { mask: 'hash', entities: DEFAULT_ENTITIES } },
    { given: { mode: 'strict', mask: 'label' }, want: { mask: 'label', entities: ENTITY_NAMES } },
  ])('fills in what $given leaves out', async ({ given, want: { mask, entities } }) => {
    const { put } = await putter();
    expect((await put(given)).body).toMatchObject({
      mode: given.mode,
      mask,
      entities: { customer: entities, agent: entities },
      customRules: [],
    });
  });

  it('may switch everything off, and put right what could not be read', async () => {
    const { put, redactionSettings } = await putter();
    redactionSettings.damage('tenant-1');
    const entities = { customer: [], agent: [] };
    expect(await put({ mode: 'custom', entities })).toMatchObject({
      status: 200,
      body: { entities, revision: 8 },
    });
  });
});
