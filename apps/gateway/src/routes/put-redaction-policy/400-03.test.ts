import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';
import { readProblem } from '../../testing/read-problem.ts';

const BOTH = { customer: ['PIN'], agent: ['PIN'] };
const rule = (pattern: string, name = 'RULE') => ({
  mode: 'custom',
  entities: BOTH,
  customRules: [{ name, pattern }],
});
const SYNTAX = 'pattern is not in RE2 syntax: it has no backreferences and no look-around';

describe('PUT redaction-policy 400-03', () => {
  it.each([
    { given: {}, pointer: '/mode', want: 'is required' },
    { given: { mode: 'off' }, pointer: '/mode', want: 'must be "strict", "balanced" or "custom"' },
    { given: { mode: 'strict', mask: 'stars' }, pointer: '/mask', want: 'must be "hash" or "label"' },
    { given: { mode: 'custom' }, pointer: '/entities', want: 'is required when mode is "custom"' },
    {
      given: { mode: 'strict', entities: { customer: ['PIN'] } },
      pointer: '/entities/agent',
      want: 'is required',
    },
    {
      given: { mode: 'custom', entities: { customer: ['PIN'], agent: ['PIN', 'IRIS_SCAN'] } },
      pointer: '/entities/agent/1',
      want: 'must be one of CREDIT_CARD_NUMBER, CVV',
    },
    { given: rule('(a+)+\\1'), pointer: '/customRules/0', want: SYNTAX },
    { given: rule('(?=a)'), pointer: '/customRules/0', want: SYNTAX },
    { given: rule('('), pointer: '/customRules/0', want: SYNTAX },
    { given: rule('a*'), pointer: '/customRules/0', want: 'pattern matches the empty text' },
    { given: rule('(a{1,30}){1,30}'), pointer: '/customRules/0', want: 'pattern compiles to' },
    {
      given: rule('a'.repeat(501)),
      pointer: '/customRules/0/pattern',
      want: 'must be 1 to 500 characters without control characters',
    },
    {
      given: rule('a\u0000'),
      pointer: '/customRules/0/pattern',
      want: 'must be 1 to 500 characters without control characters',
    },
    { given: rule('\ud800'), pointer: '/customRules/0/pattern', want: 'must be Unicode text' },
    {
      given: rule('a', 'member'),
      pointer: '/customRules/0/name',
      want: 'must be 1 to 64 of A-Z, 0-9 and _ that begin with a letter',
    },
    { given: rule('a', 'PIN'), pointer: '/customRules/0', want: 'name PIN belongs to an entity' },
    {
      given: {
        mode: 'strict',
        customRules: [
          { name: 'A', pattern: 'a' },
          { name: 'A', pattern: 'b' },
        ],
      },
      pointer: '/customRules/1/name',
      want: 'must differ from that of rule 0',
    },
    {
      given: {
        mode: 'strict',
        customRules: Array.from({ length: 21 }, (_, n) => ({ name: `R${n}`, pattern: 'a' })),
      },
      pointer: '/customRules',
      want: 'must have at most 20 items',
    },
  ])('refuses $pointer $want', async ({ given, pointer, want }) => {
    const { send, redactionSettings } = await gatewayUnderTest({ scopes: ['admin'] });
    const problem = await readProblem(await send('PUT', REDACTION_POLICY, given));
    expect(problem).toMatchObject({
      status: 400,
      code: '400-03',
      problems: [{ pointer, message: expect.stringContaining(want) }],
    });
    expect(problem.detail).toContain(`${pointer} ${want}`);
    expect(await redactionSettings.get('tenant-1')).toEqual({ type: 'none' });
  });

  it('refuses a participant without an entity where the deployment always redacts', async () => {
    const { send } = await gatewayUnderTest({ scopes: ['admin'], forceRedaction: true });
    const body = { mode: 'custom', entities: { customer: ['PIN'], agent: [] } };
    const message = 'must name at least one entity: this deployment always redacts';
    expect(await readProblem(await send('PUT', REDACTION_POLICY, body))).toMatchObject({
      code: '400-03',
      problems: [{ pointer: '/entities/agent', message }],
    });
  });
});
