import { DEFAULT_ENTITIES } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';

async function patcher(settings = {}) {
  const gateway = await gatewayUnderTest({ scopes: ['admin'], ...settings });
  const patch = async (id: string, policies: Readonly<Record<string, boolean>>) => {
    const response = await gateway.send('PATCH', `${REDACTION_ENTITIES}/${id}`, { policies });
    return { status: response.status, body: await response.json() };
  };
  const policy = async () => (await gateway.get(REDACTION_POLICY)).json();
  return { ...gateway, patch, policy };
}

describe('PATCH redaction-entities/{entityId} 200', () => {
  it('switches an entity on and off for both participants and leaves the others', async () => {
    const { patch, policy } = await patcher();
    const email = { id: 'EMAIL', description: 'E-mail addresses' };
    expect(await patch('EMAIL', { autoTranscribe: true })).toEqual({
      status: 200,
      body: { ...email, policies: { autoTranscribe: true } },
    });
    const on = [...DEFAULT_ENTITIES, 'EMAIL'];
    expect(await policy()).toMatchObject({ mode: 'balanced', entities: { customer: on, agent: on } });
    expect(await patch('EMAIL', { autoTranscribe: false })).toEqual({
      status: 200,
      body: { ...email, policies: { autoTranscribe: false } },
    });
    expect(await policy()).toMatchObject({
      entities: { customer: DEFAULT_ENTITIES, agent: DEFAULT_ENTITIES },
    });
  });

  it('keeps mode, mask and custom rules', async () => {
    const { send, patch, policy } = await patcher();
    const kept = { mode: 'custom', mask: 'label', customRules: [{ name: 'MEMBER', pattern: 'm-[0-9]+' }] };
    await send('PUT', REDACTION_POLICY, { ...kept, entities: { customer: ['PIN'], agent: [] } });
    await patch('SSN', { autoTranscribe: true });
    expect(await policy()).toMatchObject({ ...kept, entities: { customer: ['PIN', 'SSN'], agent: ['SSN'] } });
  });

  it.each([{ voice: true }, { customerImmediate: true, customerDelayed: true, agentImmediate: false }, {}])(
    'ignores policies the entity does not have: %j',
    async (policies) => {
      const { patch, redactionSettings } = await patcher();
      expect(await patch('EMAIL', policies)).toMatchObject({
        status: 200,
        body: { policies: { autoTranscribe: false } },
      });
      expect(await redactionSettings.get('tenant-1')).toEqual({ type: 'none' });
    },
  );

  it('may switch off the last one where the deployment does not force redaction', async () => {
    const { patch, policy } = await patcher();
    for (const id of DEFAULT_ENTITIES) {
      expect(await patch(id, { autoTranscribe: false })).toMatchObject({ status: 200 });
    }
    expect(await policy()).toMatchObject({ entities: { customer: [], agent: [] } });
  });

  it('switches one off from all of them where what was stored cannot be read', async () => {
    const { patch, policy, redactionSettings } = await patcher();
    redactionSettings.damage('tenant-1');
    await patch('NAME', { autoTranscribe: false });
    const { entities } = (await policy()) as { entities: { customer: string[] } };
    expect(entities.customer).toHaveLength(16);
    expect(entities.customer).not.toContain('NAME');
  });
});
