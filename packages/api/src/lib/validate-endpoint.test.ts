import { describe, expect, it } from 'vitest';
import { validateCreateEndpointBody, validateUpdateEndpointBody } from './validate-endpoint.ts';
import { problemText, type Validation } from './validation.ts';

const AUTH = { type: 'secret', name: 'x-token', in: 'header', value: 'correct horse' };
const BODY = { name: 'assist', url: 'https://example.com/hook' };

function told(checked: Validation<unknown>): string {
  return checked.ok ? 'accepted' : `${checked.code} ${problemText(checked.problems)}`;
}

describe('validateCreateEndpointBody', () => {
  it.each([
    BODY,
    { ...BODY, url: 'http://127.0.0.1:4000/' },
    { ...BODY, auth: AUTH, policy: 'realtime', enabled: false },
    { ...BODY, policy: 'durable' },
    { ...BODY, auth: [AUTH, { type: 'signature' }] },
    { ...BODY, auth: [] },
    { ...BODY, auth: { type: 'ca', certificates: 'PEM' } },
    { ...BODY, auth: { type: 'mtls', certificate: 'PEM', privateKey: 'PEM' } },
    { ...BODY, headOfLine: 'skip-after-attempts', skipAfterAttempts: 20, operationalEvents: true },
    { ...BODY, inFlightMax: 100, ratePerSecondMax: 10_000 },
    { ...BODY, pendingMax: 1, pendingAgeMaxMs: 600_000, timeoutMs: 30_000 },
  ])('accepts %j', (body) => {
    expect(validateCreateEndpointBody(body)).toEqual({ ok: true, value: body });
  });

  const secretName = '/auth/name must be 1 to 100 characters that a header name may have';

  it.each([
    { given: null, want: '400-03 body must be an object' },
    { given: {}, want: '400-03 /name is required; /url is required' },
    { given: { ...BODY, name: '' }, want: '400-03 /name must not be empty' },
    { given: { ...BODY, name: 'a\u0000' }, want: '400-03 /name must be text without control characters' },
    {
      given: { ...BODY, url: 'https://example.com/\u0000' },
      want: '400-03 /url must be text without control characters',
    },
    { given: { ...BODY, url: 'example.com' }, want: '400-03 /url must be an absolute https URL' },
    { given: { ...BODY, url: 'file:///etc/passwd' }, want: '400-03 /url must be an absolute https URL' },
    {
      given: { ...BODY, url: 'https://a:b@example.com/' },
      want: '400-03 /url must hold no user name and password',
    },
    { given: { ...BODY, url: 'https://example.com/#a' }, want: '400-03 /url must hold no fragment' },
    { given: { ...BODY, policy: 'other' }, want: '400-03 /policy must be "realtime" or "durable"' },
    { given: { ...BODY, timeoutMs: 999 }, want: '400-03 /timeoutMs must be at least 1000' },
    { given: { ...BODY, timeoutMs: 30_001 }, want: '400-03 /timeoutMs must be at most 30000' },
    { given: { ...BODY, timeoutMs: 1000.5 }, want: '400-03 /timeoutMs must be a whole number' },
    { given: { ...BODY, pendingMax: 0 }, want: '400-03 /pendingMax must be at least 1' },
    { given: { ...BODY, auth: null }, want: '400-03 /auth must be an object' },
    { given: { ...BODY, auth: { ...AUTH, name: 'a b' } }, want: `400-03 ${secretName}` },
    { given: { ...BODY, auth: {} }, want: '400-03 /auth/type is required' },
    {
      given: { ...BODY, auth: { type: 'ca', certificates: 'a\u0000b' } },
      want: '400-03 /auth/certificates must be PEM text',
    },
    { given: { ...BODY, auth: 5 }, want: '400-03 /auth must be an object' },
    { given: { ...BODY, auth: [null] }, want: '400-03 /auth/0 must be an object' },
    { given: { ...BODY, auth: [[AUTH]] }, want: '400-03 /auth/0 must be an object' },
    {
      given: { ...BODY, auth: { type: 'constructor' } },
      want: '400-03 /auth/type must be "secret", "ca", "mtls", "oauth2" or "signature"',
    },
    { given: [BODY], want: '400-03 body must be an object' },
    {
      given: { ...BODY, auth: [{ type: 'basic' }] },
      want: '400-03 /auth/0/type must be "secret", "ca", "mtls", "oauth2" or "signature"',
    },
    { given: { ...BODY, auth: Array(9).fill(AUTH) }, want: '400-03 /auth must have at most 8 items' },
    { given: { ...BODY, auth: [AUTH, 'x'] }, want: '400-03 /auth/1 must be an object' },
    {
      given: { ...BODY, auth: [AUTH, { type: 'mtls' }] },
      want: '400-03 /auth/1/certificate is required; /auth/1/privateKey is required',
    },
    {
      given: { ...BODY, auth: { type: 'signature', secret: 'whsec_short' } },
      want: '400-03 /auth/secret must be whsec_ and base64 of 24 to 64 bytes',
    },
    {
      given: { ...BODY, name: '', auth: { ...AUTH, name: 'a b' } },
      want: `400-03 /name must not be empty; ${secretName}`,
    },
    { given: { ...BODY, inFlightMax: 101 }, want: '400-03 /inFlightMax must be at most 100' },
    { given: { ...BODY, ratePerSecondMax: null }, want: '400-03 /ratePerSecondMax must be a whole number' },
    { given: { ...BODY, skipAfterAttempts: 0 }, want: '400-03 /skipAfterAttempts must be at least 1' },
    {
      given: { ...BODY, headOfLine: 'latest-only' },
      want: '400-03 /headOfLine must be "block" or "skip-after-attempts"',
    },
    {
      given: { ...BODY, auth: { ...AUTH, in: 'body' } },
      want: '400-03 /auth/in must be "header" or "query"',
    },
    {
      given: { ...BODY, auth: { ...AUTH, value: 'a\r\nb: c' } },
      want: '400-03 /auth/value must be 1 to 4096 printable ASCII characters',
    },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateCreateEndpointBody(given))).toBe(want);
  });
});

describe('validateUpdateEndpointBody', () => {
  it.each([
    {},
    { enabled: false },
    { auth: null },
    { auth: [] },
    { ratePerSecondMax: null, inFlightMax: null },
    { auth: AUTH },
    { url: 'https://example.com/' },
  ])('accepts %j', (body) => {
    expect(validateUpdateEndpointBody(body)).toEqual({ ok: true, value: body });
  });

  it.each([
    { given: { auth: { ...AUTH, value: undefined } }, want: '400-03 /auth/value is required' },
    { given: { auth: 'secret' }, want: '400-03 /auth must be an object' },
    { given: { name: null }, want: '400-03 /name must be a string' },
    { given: { url: 'nowhere' }, want: '400-03 /url must be an absolute https URL' },
  ])('refuses $given', ({ given, want }) => {
    expect(told(validateUpdateEndpointBody(given))).toBe(want);
  });
});
