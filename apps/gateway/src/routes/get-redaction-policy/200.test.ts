import { DEFAULT_ENTITIES, ENTITY_NAMES } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';

describe('GET redaction-policy 200', () => {
  it('answers the defaults for a tenant that never chose', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['admin'] });
    const response = await get(REDACTION_POLICY);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      mode: 'balanced',
      mask: 'hash',
      entities: { customer: DEFAULT_ENTITIES, agent: DEFAULT_ENTITIES },
      customRules: [],
      forced: false,
      revision: 0,
      updatedAt: null,
    });
  });

  it('answers the strictest policy when what is stored cannot be read', async () => {
    const { get, redactionSettings } = await gatewayUnderTest({ scopes: ['admin'] });
    redactionSettings.damage('tenant-1');
    expect(await (await get(REDACTION_POLICY)).json()).toMatchObject({
      mode: 'strict',
      entities: { customer: ENTITY_NAMES, agent: ENTITY_NAMES },
      revision: 7,
      updatedAt: null,
    });
  });

  it('answers what is in force where the deployment always redacts', async () => {
    const { get, redactionSettings } = await gatewayUnderTest({ scopes: ['admin'], forceRedaction: true });
    await redactionSettings.update('tenant-1', 0, () => ({
      type: 'change',
      settings: {
        mode: 'custom',
        mask: 'hash',
        entities: { customer: ['EMAIL'], agent: [] },
        customRules: [],
      },
    }));
    expect(await (await get(REDACTION_POLICY)).json()).toMatchObject({
      entities: { customer: ['EMAIL'], agent: DEFAULT_ENTITIES },
      forced: true,
    });
  });
});
