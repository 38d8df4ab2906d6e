import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ESCAPED_MESSAGE } from './read-certificates.ts';

/** A private key and its PKCS #8 PEM, no longer encrypted; or why there is none. */
export type ReadPrivateKey =
  | { readonly ok: true; readonly key: KeyObject; readonly pem: string }
  | { readonly ok: false; readonly field: 'privateKey' | 'passphrase'; readonly message: string };

const PEM_CHARS_MAX = 64 * 1024;
const LABEL = /-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----/g;

/** Reads one PEM private key (PKCS #8, PKCS #1 or SEC 1), encrypted or not. */
export function readPrivateKey(text: string, passphrase: string | undefined): ReadPrivateKey {
  const refuse = (field: 'privateKey' | 'passphrase', message: string): ReadPrivateKey => ({
    ok: false,
    field,
    message,
  });
  if (text.length > PEM_CHARS_MAX) {
    return refuse('privateKey', `must be at most ${PEM_CHARS_MAX} characters`);
  }
  if (text.includes('\\n')) return refuse('privateKey', ESCAPED_MESSAGE);
  const labels = [...text.matchAll(LABEL)].map(([, label]) => label);
  if (labels.length === 0) return refuse('privateKey', 'must be a private key in PEM form');
  if (labels.length > 1) return refuse('privateKey', 'must be one private key, not several');
  const isEncrypted = labels[0] === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (isEncrypted && passphrase === undefined) {
    return refuse('passphrase', 'must be given, since the private key is encrypted');
  }
  if (!isEncrypted && passphrase !== undefined) {
    return refuse('passphrase', 'must be absent, since the private key is not encrypted');
  }
  try {
    const key = createPrivateKey({
      key: text,
      format: 'pem',
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    return { ok: true, key, pem: key.export({ format: 'pem', type: 'pkcs8' }).toString() };
  } catch {
    // The cause says nothing that its owner could use, and might quote the key.
    return isEncrypted
      ? refuse('passphrase', 'must open the private key: it is wrong, or the key is damaged')
      : refuse('privateKey', 'must be a private key in PEM form: this one is damaged');
  }
}
