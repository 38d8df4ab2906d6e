import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, REDACTION_POLICY, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

async function gatewayWith(policy: object, forceRedaction = false) {
  const gateway = await gatewayUnderTest({ scopes: ['stream:write', 'admin'] });
  await gateway.send('PUT', REDACTION_POLICY, policy);
  const forced = await gatewayUnderTest({ scopes: ['stream:write'], forceRedaction });
  const stored = await gateway.redactionSettings.get('tenant-1');
  if (stored.type !== 'stored') throw new Error('Cannot store the policy of the test');
  const { settings } = stored;
  await forced.redactionSettings.update('tenant-1', 0, () => ({ type: 'change', settings }));
  return forced;
}

const NOTHING = { mode: 'custom', entities: { customer: [], agent: [] } };

describe('POST start-streaming 400-202 with every entity off', () => {
  it.each([undefined, 'redacted', 'redacted_and_unredacted'])(
    'refuses redactionOutput %s',
    async (output) => {
      const { post, queued } = await gatewayWith(NOTHING);
      const autotranscribeParams = output === undefined ? {} : { redactionOutput: output };
      expect(await readRefusal(await post(START, { ...GUIDE_START, autotranscribeParams }))).toEqual({
        status: 400,
        code: '400-202',
        message:
          '/autotranscribeParams/redactionOutput must be "unredacted": every redaction entity of this team is off',
      });
      expect(queued).toEqual([]);
    },
  );

  it.each([
    { given: 'a custom rule is left', policy: { ...NOTHING, customRules: [{ name: 'A', pattern: 'a' }] } },
    {
      given: 'one entity of one participant is left',
      policy: { mode: 'custom', entities: { customer: [], agent: ['PIN'] } },
    },
  ])('starts when $given', async ({ policy }) => {
    const { post } = await gatewayWith(policy);
    expect((await post(START, GUIDE_START)).status).toBe(200);
  });

  it('starts where the deployment always redacts, since the defaults are masked then', async () => {
    const { post } = await gatewayWith(NOTHING, true);
    expect((await post(START, GUIDE_START)).status).toBe(200);
  });

  it('starts when the settings cannot be read, since everything is masked then', async () => {
    const { post, redactionSettings } = await gatewayUnderTest();
    redactionSettings.damage('tenant-1');
    expect((await post(START, GUIDE_START)).status).toBe(200);
  });
});
