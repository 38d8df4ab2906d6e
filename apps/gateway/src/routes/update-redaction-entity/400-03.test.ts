import { DEFAULT_ENTITIES } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('PATCH redaction-entities/{entityId} 400-03', () => {
  it.each([
    { given: {}, want: '/policies is required' },
    { given: { policies: true }, want: '/policies must be an object' },
    {
      given: { policies: { autoTranscribe: 'yes' } },
      want: '/policies/autoTranscribe must be true or false',
    },
    { given: { policies: { voice: 1 } }, want: '/policies/voice must be true or false' },
  ])('refuses $given', async ({ given, want }) => {
    const { send, redactionSettings } = await gatewayUnderTest({ scopes: ['admin'] });
    const refusal = await readRefusal(await send('PATCH', `${REDACTION_ENTITIES}/PIN`, given));
    expect(refusal).toEqual({ status: 400, code: '400-03', message: want });
    expect(await redactionSettings.get('tenant-1')).toEqual({ type: 'none' });
  });

  it('refuses to switch off the last entity where the deployment always redacts', async () => {
    const { send, get } = await gatewayUnderTest({ scopes: ['admin'], forceRedaction: true });
    const off = { policies: { autoTranscribe: false } };
    const [last = '', ...others] = DEFAULT_ENTITIES;
    for (const id of others) {
      expect((await send('PATCH', `${REDACTION_ENTITIES}/${id}`, off)).status).toBe(200);
    }
    expect(await readRefusal(await send('PATCH', `${REDACTION_ENTITIES}/${last}`, off))).toEqual({
      status: 400,
      code: '400-03',
      message:
        '/policies/autoTranscribe must be true: this deployment always redacts, and no other entity is on',
    });
    expect(await (await get(REDACTION_POLICY)).json()).toMatchObject({
      entities: { customer: [last], agent: [last] },
    });
  });
});
