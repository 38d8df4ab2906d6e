import type { TlsOptions } from 'node:tls';
import {
  CLIENT_AUTH,
  createTestAuthority,
  SERVER_AUTH,
  type TestAuthority,
  type TestCertificate,
} from '@earshot/auth/testing';

/** How a target may fail, or ask too much, in a TLS handshake. */
export interface HostileTls {
  /** Trusted by those whom the tests let reach the targets. */
  readonly authority: TestAuthority;
  readonly good: TlsOptions;
  readonly expired: TlsOptions;
  readonly notYetValid: TlsOptions;
  readonly wrongHost: TlsOptions;
  readonly selfSigned: TlsOptions;
  readonly otherAuthority: TlsOptions;
  /** Offers TLS 1.1 at most (deprecated by RFC 8996). */
  readonly oldProtocol: TlsOptions;
  /** Takes only clients with a certificate of `authority`. */
  readonly clientRequired: TlsOptions;
  /** Certificate and key of a client that `clientRequired` takes. */
  readonly client: TestCertificate;
}

const DAY_MS = 86_400_000;

export async function createHostileTls(): Promise<HostileTls> {
  const authority = await createTestAuthority({ commonName: 'Hostile authority' });
  const other = await createTestAuthority({ commonName: 'Somebody else' });
  const purposes = [SERVER_AUTH];
  const nowMs = Date.now();
  const good = identityOf(await authority.issue({ commonName: 'localhost', purposes }));
  const elsewhere = [{ type: 'dns', value: 'elsewhere.example' }] as const;
  return {
    authority,
    good,
    expired: identityOf(await authority.issue({ purposes, notAfterMs: nowMs - DAY_MS })),
    notYetValid: identityOf(await authority.issue({ purposes, notBeforeMs: nowMs + DAY_MS })),
    wrongHost: identityOf(await authority.issue({ purposes, names: elsewhere })),
    selfSigned: identityOf(await createTestAuthority({ commonName: 'localhost', isAuthority: false })),
    otherAuthority: identityOf(await other.issue({ purposes })),
    // OpenSSL 3 speaks it at security level 0 only, since its handshake signs with SHA-1.
    oldProtocol: {
      ...good,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    },
    clientRequired: { ...good, ca: authority.pem, requestCert: true, rejectUnauthorized: true },
    client: await authority.issue({ commonName: 'Client', purposes: [CLIENT_AUTH] }),
  };
}

/** What a server shows of a certificate. */
export function identityOf({ pem, privateKeyPem }: TestCertificate): { cert: string; key: string } {
  return { cert: pem, key: privateKeyPem };
}
