import { describe, expect, it } from 'vitest';
import { validateCreateKeyBody } from './validate-key.ts';
import { problemText } from './validation.ts';

const BODY = { name: 'export', scopes: ['export:read'] };

describe('validateCreateKeyBody', () => {
  it.each([BODY, { ...BODY, expiresAt: '2027-01-01T00:00:00.5+02:00' }])('accepts %j', (body) => {
    expect(validateCreateKeyBody(body)).toEqual({ ok: true, value: body });
  });

  it.each([
    { given: {}, want: '/name is required; /scopes is required' },
    { given: { ...BODY, name: '' }, want: '/name must not be empty' },
    { given: { ...BODY, name: 'a\n' }, want: '/name must be text without control characters' },
    { given: { ...BODY, scopes: [] }, want: '/scopes must have at least 1 items' },
    { given: { ...BODY, scopes: ['all'] }, want: '/scopes/0 must be "stream:write"' },
    { given: { ...BODY, expiresAt: 'tomorrow' }, want: '/expiresAt must be a date and time like' },
  ])('refuses $given', ({ given, want }) => {
    const checked = validateCreateKeyBody(given);
    expect(checked.ok ? 'accepted' : problemText(checked.problems)).toContain(want);
  });
});
