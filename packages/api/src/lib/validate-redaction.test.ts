import { describe, expect, it } from 'vitest';
import { validatePutRedactionPolicyBody, validateUpdateRedactionEntityBody } from './validate-redaction.ts';

describe('validateUpdateRedactionEntityBody', () => {
  it.each([
    { policies: {} },
    { policies: { autoTranscribe: true, voice: false, later: 'x' } },
    { policies: { autoTranscribe: false }, description: 'ignored' },
  ])('takes %j as it is', (given) => {
    expect(validateUpdateRedactionEntityBody(given)).toEqual({ ok: true, value: given });
  });

  it.each([
    { given: null, pointer: '' },
    { given: {}, pointer: '/policies' },
    { given: { policies: [] }, pointer: '/policies' },
    { given: { policies: { autoTranscribe: null } }, pointer: '/policies/autoTranscribe' },
  ])('refuses $given', ({ given, pointer }) => {
    expect(validateUpdateRedactionEntityBody(given)).toMatchObject({
      ok: false,
      code: '400-03',
      problems: [{ pointer }],
    });
  });
});

const ENTITIES = { customer: ['PIN'], agent: [] };
const numbered = (count: number) => Array.from({ length: count }, (_, n) => `RULE_${n}`);
const rules = (...names: readonly string[]) => names.map((name) => ({ name, pattern: 'a' }));

describe('validatePutRedactionPolicyBody', () => {
  it.each([
    { mode: 'strict' },
    { mode: 'balanced', mask: 'label', entities: ENTITIES, later: 1 },
    { mode: 'custom', entities: ENTITIES, customRules: rules(...numbered(20)) },
    { mode: 'strict', customRules: [{ name: 'A'.repeat(64), pattern: '€'.repeat(500) }] },
  ])('takes %j as it is', (given) => {
    expect(validatePutRedactionPolicyBody(given)).toEqual({ ok: true, value: given });
  });

  it.each([
    { given: {}, pointers: ['/mode'] },
    { given: { mode: 'STRICT' }, pointers: ['/mode'] },
    { given: { mode: 'custom' }, pointers: ['/entities'] },
    { given: { mode: 'strict', entities: {} }, pointers: ['/entities/customer', '/entities/agent'] },
    {
      given: { mode: 'strict', entities: { customer: [''], agent: [7] } },
      pointers: ['/entities/customer/0', '/entities/agent/0'],
    },
    { given: { mode: 'strict', customRules: rules(...numbered(21)) }, pointers: ['/customRules'] },
    { given: { mode: 'strict', customRules: rules('A', 'B', 'A') }, pointers: ['/customRules/2/name'] },
    { given: { mode: 'strict', customRules: rules('A'.repeat(65)) }, pointers: ['/customRules/0/name'] },
    {
      given: { mode: 'strict', customRules: [{ name: 'A', pattern: 'a\n' }] },
      pointers: ['/customRules/0/pattern'],
    },
    { given: { mode: 'strict', customRules: [{ name: 'A' }] }, pointers: ['/customRules/0/pattern'] },
    {
      given: { mode: 'strict', customRules: [{ name: 'A', pattern: '\udfff' }] },
      pointers: ['/customRules/0/pattern'],
    },
  ])('refuses $pointers of $given', ({ given, pointers }) => {
    const checked = validatePutRedactionPolicyBody(given);
    expect(checked).toMatchObject({ ok: false, code: '400-03' });
    expect(checked.ok ? [] : checked.problems.map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
