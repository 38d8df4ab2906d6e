import { describe, expect, it } from 'vitest';
import { createEgressPolicy } from './egress-policy.ts';
import { judgeAddress, judgeEgressUrl } from './judge-egress.ts';

const strict = createEgressPolicy();
const development = createEgressPolicy({ allowCidrs: ['127.0.0.0/8', 'fd00::/8'] });
const judge = (url: string, policy = strict) => judgeEgressUrl(new URL(url), policy);

describe('judgeEgressUrl', () => {
  const accepted = [
    { given: 'https://example.com/hook?a=1', want: 'public' },
    { given: 'https://example.com:8443/', want: 'public' },
    { given: 'https://8.8.8.8/', want: 'public' },
    { given: 'https://[2606:4700::1111]/', want: 'public' },
    { given: 'https://[::ffff:8.8.8.8]/', want: 'public' },
  ];
  it.each(accepted)('lets $given go to $want addresses', ({ given, want }) => {
    expect(judge(given)).toEqual({ ok: true, audience: want });
  });

  const refused = [
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user@example.com/',
    'https://user:pass@example.com/',
    'https://:pass@example.com/',
    'https://example.com:22/',
    'https://example.com:6379/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://app.localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
    'https://127.1/',
    'https://127。0。0。1/',
    'https://①②⑦.0.0.1/',
    'https://1.1.1.1@127.0.0.1/',
    'https://0/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:7f00:1]/',
    'https://[::7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[fd00:ec2::254]/',
  ];
  it.each(refused)('refuses %s', (given) => {
    expect(judge(given)).toMatchObject({ ok: false });
  });

  const withAllowList = [
    { given: 'http://127.0.0.1:4711/hook', want: { ok: true, audience: 'allow-listed' } },
    { given: 'https://127.0.0.1/', want: { ok: true, audience: 'public' } },
    { given: 'https://127.0.0.1:4711/', want: { ok: true, audience: 'allow-listed' } },
    { given: 'http://localhost:4711/', want: { ok: true, audience: 'allow-listed' } },
    { given: 'http://receiver.internal:4711/', want: { ok: true, audience: 'allow-listed' } },
    { given: 'http://[fd00::1]:4711/', want: { ok: true, audience: 'allow-listed' } },
    { given: 'http://[::ffff:127.0.0.1]:4711/', want: { ok: true, audience: 'allow-listed' } },
    { given: 'https://example.com/', want: { ok: true, audience: 'public' } },
    { given: 'http://8.8.8.8/', want: { ok: false } },
    { given: 'https://10.0.0.1/', want: { ok: false } },
    { given: 'http://u:p@127.0.0.1/', want: { ok: false } },
    { given: 'ftp://127.0.0.1/', want: { ok: false } },
  ];
  it.each(withAllowList)('judges $given by the allow-list', ({ given, want }) => {
    expect(judge(given, development)).toMatchObject(want);
  });

  it('takes other public ports when they are listed', () => {
    const policy = createEgressPolicy({ ports: [9443] });
    expect(judge('https://example.com:9443/', policy)).toMatchObject({ ok: true });
    expect(judge('https://example.com/', policy)).toEqual({
      ok: false,
      reason: 'port 443 is not one of 9443',
    });
  });
});

describe('judgeAddress', () => {
  const refused = [
    '10.1.2.3',
    '172.16.0.1',
    '192.168.0.1',
    '127.0.0.1',
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
  ].concat(
    ['100.64.0.1', '192.0.0.1', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
    [
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fec0::1',
    ],
    [
      'ff02::1',
      '2001:db8::1',
      '3fff::1',
      '100::1',
      '2002:808:808::',
      '64:ff9b::808:808',
      '64:ff9b:1::1',
      '5f00::1',
    ],
    ['2001::1', '::ffff:10.0.0.1', '::ffff:127.0.0.1', '4000::1', '1::1', 'example.com', ''],
  );
  it.each(refused)('refuses %j', (given) => {
    expect(judgeAddress(given, strict)).toMatchObject({ ok: false });
  });

  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('accepts %s', (given) => {
    expect(judgeAddress(given, strict)).toEqual({ ok: true, audience: 'public' });
  });

  it('accepts only the allow-list for a URL that is bound to it', () => {
    expect(judgeAddress('127.0.0.9', development, 'allow-listed')).toMatchObject({ ok: true });
    expect(judgeAddress('8.8.8.8', development, 'allow-listed')).toMatchObject({ ok: false });
    expect(judgeAddress('::1', development, 'allow-listed')).toMatchObject({ ok: false });
  });
});

describe('createEgressPolicy', () => {
  it.each(['127/8', '10.0.0.1', '10.0.0.0/33', '0x7f.0.0.0/8', 'example.com', '', '::/129'])(
    'refuses the network %j',
    (given) => {
      expect(() => createEgressPolicy({ allowCidrs: [given] })).toThrow(
        expect.objectContaining({ code: 'auth.invalid-cidr' }),
      );
    },
  );
});
