import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@earshot/domain';

/** Contract decision: five minutes. */
export const URL_LIFETIME_SECONDS = 300;

export interface SignedFile {
  readonly key: string;
  readonly fileName: string;
}

export interface UrlSigner {
  /** Path and query of an address that anybody may read the file at until it expires. */
  sign(file: SignedFile): string;
  /** The key of the object; `undefined` when the signature is not ours, or expired. */
  verify(fileName: string, query: Readonly<Record<string, string>>): string | undefined;
}

export const FILES_PATH = '/fileexporter/v1/files';

export function createUrlSigner(signingKey: Uint8Array, clock: Clock): UrlSigner {
  const signatureOf = ({ key, fileName }: SignedFile, expires: string): Buffer =>
    createHmac('sha256', signingKey)
      .update(JSON.stringify([key, fileName, expires]))
      .digest();
  return {
    sign(file) {
      const expires = String(Math.floor(clock.now() / 1000) + URL_LIFETIME_SECONDS);
      const signature = signatureOf(file, expires).toString('base64url');
      const query = new URLSearchParams({ key: file.key, expires, signature });
      return `${FILES_PATH}/${encodeURIComponent(file.fileName)}?${query.toString()}`;
    },
    verify(fileName, { key = '', expires = '', signature = '' }) {
      const given = Buffer.from(signature, 'base64url');
      const wanted = signatureOf({ key, fileName }, expires);
      const isOurs = given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted);
      return isOurs && Number(expires) * 1000 > clock.now() ? key : undefined;
    },
  };
}
