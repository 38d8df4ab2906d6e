import { describe, expect, it } from 'vitest';
import { checkCustomRule } from './custom-rules.ts';
import { defaultPolicy } from './policy.ts';
import { createRedactor } from './redactor.ts';

describe('checkCustomRule', () => {
  it.each([
    { name: 'EMPLOYEE_ID', pattern: 'emp-\\d{4,6}' },
    { name: 'A', pattern: '(a+)+b' },
  ])('accepts $pattern', (rule) => {
    expect(checkCustomRule(rule)).toEqual({ ok: true });
  });

  it.each([
    { name: 'employee', pattern: 'a', want: /Name must be/ },
    { name: 'SSN', pattern: 'a', want: /belongs to an entity/ },
    { name: 'CREDIT_DEBIT_NUMBER', pattern: 'a', want: /belongs to an entity/ },
    { name: 'UNKNOWN', pattern: 'a', want: /belongs to an entity/ },
    { name: 'A', pattern: '', want: /has 0 characters/ },
    { name: 'A', pattern: 'a'.repeat(501), want: /has 501 characters/ },
    { name: 'A', pattern: 'a*', want: /empty text/ },
    { name: 'A', pattern: '(a', want: /not in RE2 syntax/ },
    { name: 'A', pattern: '(a)\\1', want: /not in RE2 syntax/ },
    { name: 'A', pattern: '(?=a)b', want: /not in RE2 syntax/ },
    { name: 'A', pattern: '(?:[a-z]{100}){10}', want: /instructions|RE2/ },
  ])('refuses $name $pattern', ({ name, pattern, want }) => {
    const result = checkCustomRule({ name, pattern });
    expect(result.ok ? '' : result.problem).toMatch(want);
  });
});

describe('createRedactor with custom rules', () => {
  const rules = [{ name: 'EMPLOYEE_ID', pattern: 'emp-?\\d{4,6}' }];
  const redact = (text: string, mask: 'hash' | 'label') => {
    const redactor = createRedactor({ ...defaultPolicy, mask, customRules: rules });
    return redactor.redact({ role: 'customer', text, atMs: 0 }, redactor.initialState());
  };

  it('masks what a rule matches, in any letter case', () => {
    expect(redact('I am EMP-12345 and my pin is 4471', 'hash').text).toBe(
      'I am ###-##### and my pin is ####',
    );
    expect(redact('I am Emp12345', 'label').text).toBe('I am [EMPLOYEE_ID]');
  });

  it('makes one finding of a match and a value that overlap', () => {
    const { findings, text } = redact('my pin is emp-12345', 'hash');
    expect(findings.map(({ entity }) => entity)).toEqual(['EMPLOYEE_ID']);
    expect(text).toBe('my pin is ###-#####');
  });

  it('refuses a rule that does not pass the check', () => {
    expect(() => createRedactor({ ...defaultPolicy, customRules: [{ name: 'A', pattern: '(' }] })).toThrow(
      RangeError,
    );
  });
});
