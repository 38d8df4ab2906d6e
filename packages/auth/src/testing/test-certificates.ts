// The container inside the certificate library wants it before anything else.
import 'reflect-metadata';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';

/** Purposes of RFC 5280, section 4.2.1.12. */
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

export interface TestKey {
  /** PKCS #8. */
  readonly privateKeyPem: string;
  readonly pair: webcrypto.CryptoKeyPair;
}

export interface TestCertificate extends TestKey {
  readonly pem: string;
}

export interface TestCertificateFields {
  /** Default `Test`. */
  readonly commonName?: string;
  /** Default: an hour before `notAfterMs` or now, whichever is earlier. */
  readonly notBeforeMs?: number;
  /** Default: in 30 days. */
  readonly notAfterMs?: number;
  /** Extended key usage; default none, which is any. */
  readonly purposes?: readonly string[];
  /** Default: DNS:localhost and IP:127.0.0.1. */
  readonly names?: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[];
  /** Whether it has the CA flag. Default: of an authority and an intermediate. */
  readonly isAuthority?: boolean;
  /** Default: a new P-256 key. */
  readonly key?: TestKey;
}

/** An authority with its own certificate, who issues others. */
export interface TestAuthority extends TestCertificate {
  issue(fields?: TestCertificateFields): Promise<TestCertificate>;
  /** A further authority below this one. */
  issueAuthority(fields?: TestCertificateFields): Promise<TestAuthority>;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const DAY_MS = 86_400_000;

type KeyAlgorithm = webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams;

export async function createTestKey(algorithm: KeyAlgorithm = P256): Promise<TestKey> {
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const privateKey = KeyObject.from(pair.privateKey).export({ format: 'pem', type: 'pkcs8' });
  return { pair, privateKeyPem: privateKey.toString() };
}

export async function createTestAuthority(fields: TestCertificateFields = {}): Promise<TestAuthority> {
  const authority = { commonName: 'Test authority', isAuthority: true, names: [], ...fields };
  return authorityOf(await certify(authority, undefined), authority.commonName);
}

function authorityOf(own: TestCertificate, commonName: string): TestAuthority {
  const issuer = { commonName, pair: own.pair };
  return {
    ...own,
    issue: (fields = {}) => certify(fields, issuer),
    async issueAuthority(fields = {}) {
      const below = { commonName: 'Test intermediate', isAuthority: true, names: [], ...fields };
      return authorityOf(await certify(below, issuer), below.commonName);
    },
  };
}

async function certify(
  fields: TestCertificateFields,
  issuer: { readonly commonName: string; readonly pair: webcrypto.CryptoKeyPair } | undefined,
): Promise<TestCertificate> {
  const { commonName = 'Test', notAfterMs = Date.now() + 30 * DAY_MS } = fields;
  const { notBeforeMs = Math.min(notAfterMs, Date.now()) - 3_600_000 } = fields;
  const key = fields.key ?? (await createTestKey());
  const signer = issuer ?? { commonName, pair: key.pair };
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomBytes(8).toString('hex'),
    subject: `CN=${commonName}`,
    issuer: `CN=${signer.commonName}`,
    notBefore: new Date(notBeforeMs),
    notAfter: new Date(notAfterMs),
    publicKey: key.pair.publicKey,
    signingKey: signer.pair.privateKey,
    signingAlgorithm: { name: signer.pair.privateKey.algorithm.name, hash: 'SHA-256' },
    extensions: extensionsOf(fields),
  });
  return { ...key, pem: `${certificate.toString('pem')}\n` };
}

function extensionsOf({ isAuthority = false, purposes, names }: TestCertificateFields): Extension[] {
  const alternatives = names ?? [
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ];
  return [
    new BasicConstraintsExtension(isAuthority, undefined, true),
    ...(purposes === undefined ? [] : [new ExtendedKeyUsageExtension([...purposes])]),
    ...(alternatives.length === 0 ? [] : [new SubjectAlternativeNameExtension([...alternatives])]),
  ];
}
