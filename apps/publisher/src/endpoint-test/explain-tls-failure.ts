import type { CertificateFacts } from '@earshot/auth';
import type { TestFailure } from './test-failure.ts';

export interface TlsTrust {
  readonly host: string;
  /** Whether the endpoint has a strategy of type ca. */
  readonly hasOwnAuthority: boolean;
  /** What the target showed. */
  readonly certificate: CertificateFacts | undefined;
}

/** Says what is wrong by the code of OpenSSL or Node. */
export function explainTlsFailure(code: string, trust: TlsTrust): TestFailure {
  const [error, remedy] = explanation(code, trust);
  return { stage: 'tls', error, remedy };
}

const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);
const NOT_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
]);
const OLD_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
]);

function explanation(code: string, trust: TlsTrust): readonly [error: string, remedy: string] {
  const { host, certificate } = trust;
  if (UNTRUSTED.has(code)) return untrusted(code, trust);
  if (code === 'CERT_HAS_EXPIRED') {
    const end = certificate === undefined ? '' : ` at ${certificate.notAfter}`;
    return [`The certificate of the target has expired${end}`, 'Renew the certificate of the target'];
  }
  if (code === 'CERT_NOT_YET_VALID') {
    return ['The certificate of the target is not valid yet', 'Check the clocks, or replace the certificate'];
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      `The certificate of the target is not for ${host}`,
      'Use a name in url that the certificate has, or a certificate that has this name',
    ];
  }
  if (NOT_TLS.has(code)) {
    return [
      'The target does not speak TLS at this port',
      'Correct the port in url, or enable TLS at the target',
    ];
  }
  if (OLD_TLS.has(code)) {
    return ['The target speaks no TLS 1.2 or newer', 'Enable TLS 1.2 or 1.3 at the target'];
  }
  if (/ALERT/.test(code)) return refusedByTarget(code);
  if (code === 'no answer in time') {
    return [
      'The target did not finish the TLS handshake in time',
      'Check that the target speaks TLS at this port',
    ];
  }
  const remedy =
    code === 'ECONNRESET'
      ? 'Check the TLS settings of the target; if it asks for a client certificate, it may not trust this one'
      : 'Check the TLS settings of the target';
  return [`No TLS connection to the target could be made (${code})`, remedy];
}

function untrusted(code: string, { hasOwnAuthority }: TlsTrust): readonly [string, string] {
  const selfSigned = code === 'DEPTH_ZERO_SELF_SIGNED_CERT';
  const error = selfSigned
    ? 'The certificate of the target is self-signed and not trusted'
    : 'No trusted authority vouches for the certificate of the target';
  return hasOwnAuthority
    ? [
        error,
        'Add the authority that issued it to the strategy ca, which is all that is trusted for this endpoint',
      ]
    : [
        error,
        'Add the authority that issued it as a strategy of type ca, and have the target send intermediates',
      ];
}

function refusedByTarget(code: string): readonly [string, string] {
  const error = `The target refused our side of the TLS handshake (${code})`;
  return /CERT|UNKNOWN_CA|HANDSHAKE_FAILURE|ACCESS_DENIED/.test(code)
    ? [error, 'Give the endpoint a strategy of type mtls with a certificate that the target trusts']
    : [error, 'Look at the TLS log of the target'];
}
