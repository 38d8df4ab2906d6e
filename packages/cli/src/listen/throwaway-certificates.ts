// The container inside the certificate library wants it before anything else.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';

/** PEM of a certificate and of its private key (PKCS #8). */
export interface ThrowawayIdentity {
  readonly certificate: string;
  readonly privateKey: string;
}

/** An authority nobody else knows, and the certificates it gave. Its key is forgotten at once. */
export interface ThrowawayCertificates {
  /** PEM of the authority. */
  readonly authority: string;
  /** For localhost, 127.0.0.1 and ::1. */
  readonly server: ThrowawayIdentity;
  readonly client: ThrowawayIdentity;
}

interface Signer {
  readonly name: string;
  readonly pair: webcrypto.CryptoKeyPair;
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const LIFE_MS = 30 * 86_400_000;
/** Clocks of the two sides may differ. */
const BEFORE_MS = 3_600_000;

/** Makes certificates that last 30 days. */
export async function createThrowawayCertificates(nowMs: number): Promise<ThrowawayCertificates> {
  const signer = { name: `Earshot listen ${randomBytes(4).toString('hex')}`, pair: await newKeyPair() };
  const authority = await certify(signer.name, signer.pair, signer, nowMs, [
    new BasicConstraintsExtension(true, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ]);
  const issue = async (name: string, extensions: readonly Extension[]): Promise<ThrowawayIdentity> => {
    const pair = await newKeyPair();
    const own = [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    ];
    return {
      certificate: await certify(name, pair, signer, nowMs, [...own, ...extensions]),
      privateKey: await exportKey(pair.privateKey),
    };
  };
  return {
    authority,
    server: await issue('localhost', [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ]),
    client: await issue('Earshot', [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]),
  };
}

async function certify(
  name: string,
  pair: webcrypto.CryptoKeyPair,
  signer: Signer,
  nowMs: number,
  extensions: Extension[],
): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomBytes(8).toString('hex'),
    subject: `CN=${name}`,
    issuer: `CN=${signer.name}`,
    notBefore: new Date(nowMs - BEFORE_MS),
    notAfter: new Date(nowMs + LIFE_MS),
    publicKey: pair.publicKey,
    signingKey: signer.pair.privateKey,
    signingAlgorithm: { name: KEY.name, hash: 'SHA-256' },
    extensions,
  });
  return `${certificate.toString('pem')}\n`;
}

async function newKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`;
}
