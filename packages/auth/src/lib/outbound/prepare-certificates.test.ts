import { createPrivateKey, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CLIENT_AUTH,
  createTestAuthority,
  createTestKey,
  SERVER_AUTH,
  type TestAuthority,
  type TestCertificate,
} from '../../testing/test-certificates.ts';
import { describeOutboundAuth } from './describe-outbound-auth.ts';
import type { OutboundAuthInput } from './outbound-input.ts';
import { prepareOutboundAuth } from './prepare-outbound-auth.ts';

const NOW_MS = Date.now();
const DAY_MS = 86_400_000;
let root: TestAuthority;
let middle: TestAuthority;
let client: TestCertificate;
beforeAll(async () => {
  root = await createTestAuthority({ commonName: 'Root', notAfterMs: NOW_MS + 10.5 * DAY_MS });
  middle = await root.issueAuthority({ commonName: 'Middle', notAfterMs: NOW_MS + 2.5 * DAY_MS });
  client = await middle.issue({ commonName: 'Client', purposes: [CLIENT_AUTH] });
});

/** The problems of one strategy; empty when it can be used. */
function problemsOf(input: OutboundAuthInput): readonly string[] {
  const prepared = prepareOutboundAuth([input], NOW_MS);
  return prepared.ok ? [] : prepared.problems.map(({ pointer, message }) => `${pointer} ${message}`);
}

function encrypted(pem: string, passphrase: string): string {
  const options = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase } as const;
  return createPrivateKey(pem).export(options).toString();
}

const ca = (certificates: string): OutboundAuthInput => ({ type: 'ca', certificates });
const mtls = (certificate: string, privateKey: string, passphrase?: string): OutboundAuthInput => ({
  type: 'mtls',
  certificate,
  privateKey,
  ...(passphrase === undefined ? {} : { passphrase }),
});

describe('prepareOutboundAuth, ca', () => {
  it('takes a bundle with comments and answers what is in it', () => {
    const prepared = prepareOutboundAuth([ca(`# ours\n${root.pem}\n# below\r\n${middle.pem}`)], NOW_MS);
    if (!prepared.ok) throw new Error('not taken');
    expect(prepared.secrets).toEqual([]);
    const [config] = prepared.configs;
    if (config === undefined) throw new Error('no strategy');
    expect(describeOutboundAuth(config, NOW_MS)).toMatchObject({
      type: 'ca',
      certificates: [
        { subject: 'CN=Root', issuer: 'CN=Root', daysLeft: 10 },
        { subject: 'CN=Middle', issuer: 'CN=Root', daysLeft: 2 },
      ],
    });
  });

  it.each(['', 'hello', 'MIIBxjCCAW2gAwIBAgIBATAKBggqhkjOPQQDAjASMRAwDg=='])(
    'refuses %j, which is not PEM',
    (text) => {
      expect(problemsOf(ca(text))).toEqual(['/0/certificates must be certificates in PEM form']);
    },
  );

  it('refuses a certificate that was cut or damaged', () => {
    expect(problemsOf(ca(root.pem.slice(0, -40)))).toEqual([
      '/0/certificates must hold whole certificates in PEM form and nothing else',
    ]);
    expect(problemsOf(ca(root.pem + middle.pem.replace('MII', 'MIA')))).toEqual([
      '/0/certificates must hold certificates in PEM form: certificate 2 is damaged',
    ]);
  });

  it('tells when line breaks were written as two characters', () => {
    const escaped = (pem: string): string => pem.replaceAll('\n', '\\n');
    const message = 'must be PEM with line breaks, not with the two characters \\n in their place';
    expect(problemsOf(ca(escaped(root.pem)))).toEqual([`/0/certificates ${message}`]);
    expect(problemsOf(mtls(client.pem, escaped(client.privateKeyPem)))).toEqual([`/0/privateKey ${message}`]);
  });

  it('refuses a private key among the certificates, and does not repeat it', () => {
    expect(problemsOf(ca(root.pem + root.privateKeyPem))).toEqual([
      '/0/certificates must not hold a private key',
    ]);
  });

  it('refuses a certificate that cannot vouch for others', async () => {
    const leaf = await root.issue({ commonName: 'Leaf' });
    expect(problemsOf(ca(leaf.pem))).toEqual([
      '/0/certificates must be an authority: CN=Leaf has no CA flag',
    ]);
  });

  it('refuses what has ended or has not begun, and says when', async () => {
    const notAfterMs = Math.floor(NOW_MS / 1000) * 1000 - DAY_MS;
    const ended = await createTestAuthority({ commonName: 'Old', notAfterMs });
    const begins = await createTestAuthority({ commonName: 'New', notBeforeMs: notAfterMs + 2 * DAY_MS });
    expect(problemsOf(ca(ended.pem + begins.pem))).toEqual([
      `/0/certificates must not be expired: CN=Old ended at ${new Date(notAfterMs).toISOString()}`,
      `/0/certificates must be valid already: CN=New begins at ${new Date(notAfterMs + 2 * DAY_MS).toISOString()}`,
    ]);
  });

  it('refuses dates that cannot be read, whichever character is wrong', () => {
    const der = new X509Certificate(root.pem).raw;
    // UTCTime (X.690, section 8.25): a tag, a length of 13, twelve digits and a Z.
    const dateTag = Buffer.from([0x17, 13]);
    const begin = der.indexOf(dateTag) + 2;
    const end = der.indexOf(dateTag, begin) + 2;
    const offsets = [begin, end].flatMap((at) => Array.from({ length: 13 }, (_, index) => at + index));
    const answers = offsets.map((offset) => {
      const damaged = Buffer.from(der)
        .fill(0, offset, offset + 1)
        .toString('base64');
      return problemsOf(ca(`-----BEGIN CERTIFICATE-----\n${damaged}\n-----END CERTIFICATE-----\n`)).join();
    });
    expect([...new Set(answers)]).toEqual([
      '/0/certificates must hold certificates in PEM form: certificate 1 is damaged',
    ]);
  });

  it('refuses a weak key', async () => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, hash: 'SHA-256' };
    const key = await createTestKey({ ...algorithm, publicExponent: new Uint8Array([1, 0, 1]) });
    const weak = await createTestAuthority({ commonName: 'Weak', key });
    expect(problemsOf(ca(weak.pem))).toEqual([
      '/0/certificates must have a strong key: CN=Weak has an RSA key of 1024 bits, fewer than 2048',
    ]);
  });

  it('refuses more than it would ever need', () => {
    expect(problemsOf(ca(root.pem.repeat(33)))).toEqual([
      '/0/certificates must hold at most 32 certificates',
    ]);
    expect(problemsOf(ca(' '.repeat(262_145)))).toEqual([
      '/0/certificates must be at most 262144 characters',
    ]);
  });
});

describe('prepareOutboundAuth, mtls', () => {
  it('parts the chain, which is stored, from the key, which is sealed', () => {
    const prepared = prepareOutboundAuth([mtls(client.pem + middle.pem, client.privateKeyPem)], NOW_MS);
    expect(prepared).toMatchObject({
      ok: true,
      configs: [{ type: 'mtls' }],
      secrets: [{ kind: 'auth-secret' }],
    });
    if (!prepared.ok) throw new Error('not taken');
    expect(JSON.stringify(prepared.configs)).not.toContain('PRIVATE KEY');
    const facts = prepared.configs.map((config) => describeOutboundAuth(config, NOW_MS));
    const sha256 = new X509Certificate(client.pem).fingerprint256.replaceAll(':', '').toLowerCase();
    expect(facts).toMatchObject([
      { type: 'mtls', certificate: { subject: 'CN=Client', issuer: 'CN=Middle', sha256 } },
    ]);
  });

  it('opens an encrypted key once and keeps it without its passphrase', () => {
    const key = encrypted(client.privateKeyPem, 'open sesame');
    const prepared = prepareOutboundAuth([mtls(client.pem, key, 'open sesame')], NOW_MS);
    if (!prepared.ok) throw new Error('not taken');
    const [secret] = prepared.secrets;
    expect(new X509Certificate(client.pem).checkPrivateKey(createPrivateKey(secret?.value ?? ''))).toBe(true);
  });

  it('tells a wrong, a missing and a needless passphrase apart', () => {
    const key = encrypted(client.privateKeyPem, 'open sesame');
    expect(problemsOf(mtls(client.pem, key, 'hunter2'))).toEqual([
      '/0/passphrase must open the private key: it is wrong, or the key is damaged',
    ]);
    expect(problemsOf(mtls(client.pem, key))).toEqual([
      '/0/passphrase must be given, since the private key is encrypted',
    ]);
    expect(problemsOf(mtls(client.pem, client.privateKeyPem, 'hunter2'))).toEqual([
      '/0/passphrase must be absent, since the private key is not encrypted',
    ]);
  });

  it('refuses the key of another certificate', () => {
    expect(problemsOf(mtls(client.pem, middle.privateKeyPem))).toEqual([
      '/0/privateKey must belong to the certificate: it is not the key of CN=Client',
    ]);
  });

  it('refuses a key that is not PEM or not one key', () => {
    const damaged = client.privateKeyPem.replace('MIG', 'MIA');
    expect(problemsOf(mtls(client.pem, 'hello'))).toEqual([
      '/0/privateKey must be a private key in PEM form',
    ]);
    expect(problemsOf(mtls(client.pem, damaged))).toEqual([
      '/0/privateKey must be a private key in PEM form: this one is damaged',
    ]);
    expect(problemsOf(mtls(client.pem, client.privateKeyPem.repeat(2)))).toEqual([
      '/0/privateKey must be one private key, not several',
    ]);
  });

  it('refuses a certificate for servers only', async () => {
    const server = await root.issue({ commonName: 'Server', purposes: [SERVER_AUTH] });
    expect(problemsOf(mtls(server.pem, server.privateKeyPem))).toEqual([
      '/0/certificate must be for client authentication: CN=Server is only for other purposes (extended key usage)',
    ]);
  });

  it.each([{ purposes: [SERVER_AUTH, CLIENT_AUTH] }, { purposes: ['2.5.29.37.0'] }, {}])(
    'takes a client certificate with %j',
    async (fields) => {
      const one = await root.issue(fields);
      expect(problemsOf(mtls(one.pem, one.privateKeyPem))).toEqual([]);
    },
  );

  it('takes a certificate that signed itself, as `openssl req -x509` makes it', async () => {
    const own = await createTestAuthority({ commonName: 'Own' });
    expect(problemsOf(mtls(own.pem, own.privateKeyPem))).toEqual([]);
  });

  it('points at what is out of order in a chain', () => {
    expect(problemsOf(mtls(middle.pem + client.pem, client.privateKeyPem))).toContain(
      '/0/certificate must begin with the certificate of the private key, which is certificate 2',
    );
    expect(problemsOf(mtls(client.pem + root.pem + middle.pem, client.privateKeyPem))).toEqual([
      '/0/certificate must hold each issuer right after what it issued: certificate 2, CN=Root, did not issue CN=Client',
      '/0/certificate must hold each issuer right after what it issued: certificate 3, CN=Middle, did not issue CN=Root',
    ]);
  });

  it('knows an issuer by its signature, not by its name', async () => {
    const impostor = await createTestAuthority({ commonName: 'Middle' });
    expect(problemsOf(mtls(client.pem + impostor.pem, client.privateKeyPem))).toEqual([
      '/0/certificate must hold each issuer right after what it issued: certificate 2, CN=Middle, did not issue CN=Client',
    ]);
  });

  it('refuses an expired client certificate', async () => {
    const notAfterMs = Math.floor(NOW_MS / 1000) * 1000 - DAY_MS;
    const old = await root.issue({ commonName: 'Old', notAfterMs });
    expect(problemsOf(mtls(old.pem, old.privateKeyPem))).toEqual([
      `/0/certificate must not be expired: CN=Old ended at ${new Date(notAfterMs).toISOString()}`,
    ]);
  });
});
