import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createEgressPolicy } from '../egress-policy.ts';
import type { OAuth2Input, OutboundAuthInput } from './outbound-input.ts';
import { prepareOutboundAuth, type PrepareOutboundAuthOptions } from './prepare-outbound-auth.ts';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

const NOW_MS = 1_700_000_000_000;
const header = (name: string, value = 'v'): OutboundAuthInput => ({
  type: 'secret',
  name,
  in: 'header',
  value,
});
const query = (name: string, value = 'v'): OutboundAuthInput => ({
  type: 'secret',
  name,
  in: 'query',
  value,
});
const oauth2 = (given: Partial<OAuth2Input> = {}): OAuth2Input => ({
  type: 'oauth2',
  tokenUrl: 'https://auth.example.com/token',
  clientId: 'client',
  clientAuthentication: 'basic',
  clientSecret: 'hunter2',
  ...given,
});
const withoutSecret = (given: Partial<OAuth2Input>): OAuth2Input => {
  const { clientSecret: _, ...rest } = oauth2(given);
  return rest;
};

function pointersOf(
  inputs: readonly OutboundAuthInput[],
  options: PrepareOutboundAuthOptions = {},
): string[] {
  const prepared = prepareOutboundAuth(inputs, NOW_MS, options);
  return prepared.ok ? [] : prepared.problems.map(({ pointer }) => pointer);
}

function privateKey(type: 'P-256' | 'secp256k1' | 1024 | 2048): string {
  const { privateKey: key } =
    typeof type === 'number'
      ? generateKeyPairSync('rsa', { modulusLength: type })
      : generateKeyPairSync('ec', { namedCurve: type });
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

describe('prepareOutboundAuth', () => {
  it('takes no strategies', () => {
    expect(prepareOutboundAuth([], NOW_MS)).toEqual({
      ok: true,
      configs: [],
      secrets: [],
      keptKinds: [],
      generated: {},
    });
  });

  it('parts what is stored from what is sealed', () => {
    const prepared = prepareOutboundAuth([header('X-Key', 'hunter1'), oauth2({ scope: 'a' })], NOW_MS);
    const { clientSecret, ...stored } = oauth2({ scope: 'a' });
    expect(prepared).toEqual({
      ok: true,
      configs: [{ type: 'secret', name: 'X-Key', in: 'header' }, stored],
      secrets: [
        { kind: 'auth-secret', value: 'hunter1' },
        { kind: 'auth-secret-2', value: clientSecret },
      ],
      keptKinds: [],
      generated: {},
    });
  });

  const lists = [
    { given: [header('X-Api-Key'), query('key')], want: [] },
    { given: [header('Authorization'), query('Authorization')], want: [] },
    { given: [header('x'), header('X')], want: ['/1/name'] },
    { given: [query('x'), query('X')], want: [] },
    { given: [query('')], want: ['/0/name'] },
    { given: [query('a\nb')], want: ['/0/name'] },
    { given: [header('Host')], want: ['/0/name'] },
    { given: [header('x', '')], want: ['/0/value'] },
    { given: [header('x', 'a\nb')], want: ['/0/value'] },
    { given: [query('x', 'a\nb')], want: [] },
    { given: [query('x', '\ud800')], want: ['/0/value'] },
    { given: Array.from({ length: 9 }, (_, i) => header(`x-${i}`)), want: [''] },
    { given: [oauth2(), oauth2()], want: ['/1/type'] },
    { given: [{ type: 'signature' }, { type: 'signature' }], want: ['/1/type'] },
    { given: [header('authorization'), oauth2()], want: ['/0/name'] },
    { given: [withoutSecret({ clientAuthentication: 'tls' })], want: ['/0/clientAuthentication'] },
  ] satisfies { given: OutboundAuthInput[]; want: string[] }[];
  it.each(lists)('points at $want', ({ given, want }) => {
    expect(pointersOf(given)).toEqual(want);
  });

  it('asks for no passphrase where there is no place for one', () => {
    const encrypted = createPrivateKey(privateKey('P-256'))
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
      .toString();
    const given = withoutSecret({ clientAuthentication: 'private_key_jwt', privateKey: encrypted });
    const prepared = prepareOutboundAuth([given], NOW_MS);
    expect(prepared).toMatchObject({
      ok: false,
      problems: [{ pointer: '/0/privateKey', message: 'must not be encrypted' }],
    });
  });

  const settings = [
    { given: oauth2(), want: [] },
    { given: oauth2({ clientAuthentication: 'post', audience: 'https://a/' }), want: [] },
    { given: oauth2({ clientId: '' }), want: ['/0/clientId'] },
    { given: oauth2({ clientSecret: '' }), want: ['/0/clientSecret'] },
    { given: withoutSecret({}), want: ['/0/clientSecret'] },
    { given: oauth2({ scope: 'a  b' }), want: ['/0/scope'] },
    { given: oauth2({ scope: 'a"b' }), want: ['/0/scope'] },
    { given: oauth2({ audience: 'a\nb' }), want: ['/0/audience'] },
    { given: oauth2({ keyId: 'one' }), want: ['/0/keyId'] },
    { given: oauth2({ privateKey: 'x' }), want: ['/0/privateKey'] },
    { given: withoutSecret({ clientAuthentication: 'private_key_jwt' }), want: ['/0/privateKey'] },
    {
      given: oauth2({ clientAuthentication: 'private_key_jwt', privateKey: privateKey('P-256') }),
      want: ['/0/clientSecret'],
    },
    {
      given: withoutSecret({ clientAuthentication: 'private_key_jwt', privateKey: 'hunter2' }),
      want: ['/0/privateKey'],
    },
    {
      given: withoutSecret({ clientAuthentication: 'private_key_jwt', privateKey: privateKey(1024) }),
      want: ['/0/privateKey'],
    },
    {
      given: withoutSecret({ clientAuthentication: 'private_key_jwt', privateKey: privateKey('secp256k1') }),
      want: ['/0/privateKey'],
    },
    {
      given: withoutSecret({
        clientAuthentication: 'private_key_jwt',
        privateKey: privateKey(2048),
        keyId: 'k',
      }),
      want: [],
    },
    { given: oauth2({ tokenUrl: 'auth.example.com/token' }), want: ['/0/tokenUrl'] },
    { given: oauth2({ tokenUrl: 'ftp://auth.example.com/' }), want: ['/0/tokenUrl'] },
    { given: oauth2({ tokenUrl: 'https://u:p@auth.example.com/' }), want: ['/0/tokenUrl'] },
    { given: oauth2({ tokenUrl: 'https://auth.example.com/#a' }), want: ['/0/tokenUrl'] },
    { given: oauth2({ tokenUrl: 'http://auth.example.com/' }), want: ['/0/tokenUrl'] },
    { given: oauth2({ tokenUrl: 'https://127.1/token' }), want: ['/0/tokenUrl'] },
    { given: oauth2({ tokenUrl: 'https://169.254.169.254/' }), want: ['/0/tokenUrl'] },
  ];
  it.each(settings)('points at $want of $given', ({ given, want }) => {
    expect(pointersOf([given], { egress: createEgressPolicy() })).toEqual(want);
  });

  it('quotes no secret in a problem', () => {
    const given = [
      header('x', 'hunter2\n'),
      oauth2({ clientSecret: 'hunter2\n' }),
      { type: 'signature', secret: 'hunter2' } as const,
    ];
    const prepared = prepareOutboundAuth(given, NOW_MS);
    expect(prepared.ok).toBe(false);
    expect(inspect(prepared, { depth: 9 })).not.toContain('hunter2');
  });
});
