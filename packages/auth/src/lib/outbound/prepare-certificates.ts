import type { KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import {
  findAuthorityProblem,
  findCertificateProblem,
  findClientProblem,
  isIssuedBy,
  nameOf,
} from './certificate-problem.ts';
import type { CaConfig } from './outbound-config.ts';
import type { MtlsInput, OutboundAuthProblem } from './outbound-input.ts';
import { strategyUnless, type PreparedStrategy } from './prepared-strategy.ts';
import { readCertificates } from './read-certificates.ts';
import { readPrivateKey } from './private-key.ts';

const AUTHORITY_COUNT_MAX = 32;
const CHAIN_COUNT_MAX = 8;

export function prepareCa({ type, certificates: text }: CaConfig, nowMs: number): PreparedStrategy {
  const pointer = '/certificates';
  const read = readCertificates(text, AUTHORITY_COUNT_MAX);
  if (!read.ok) return { ok: false, problems: [{ pointer, message: read.message }] };
  const problems = read.certificates
    .map((certificate) => findCertificateProblem(certificate, nowMs) ?? findAuthorityProblem(certificate))
    .filter((message) => message !== undefined);
  if (problems.length === 0) problems.push(...findTlsProblems({ ca: read.pem }));
  return strategyUnless(
    problems.map((message) => ({ pointer, message })),
    { type, certificates: read.pem },
  );
}

export function prepareMtls(input: MtlsInput, nowMs: number): PreparedStrategy {
  const pointer = '/certificate';
  const chain = readCertificates(input.certificate, CHAIN_COUNT_MAX);
  const key = readPrivateKey(input.privateKey, input.passphrase);
  const problems: OutboundAuthProblem[] = [];
  if (!chain.ok) problems.push({ pointer, message: chain.message });
  if (!key.ok) problems.push({ pointer: `/${key.field}`, message: key.message });
  if (!chain.ok || !key.ok) return { ok: false, problems };

  const mismatch = findKeyProblem(chain.certificates, key.key);
  if (mismatch !== undefined) problems.push(mismatch);
  for (const message of findChainProblems(chain.certificates, nowMs)) problems.push({ pointer, message });
  if (problems.length === 0) {
    const refused = findTlsProblems({ cert: chain.pem, key: key.pem });
    problems.push(...refused.map((message) => ({ pointer, message })));
  }
  return strategyUnless(problems, { type: input.type, certificate: chain.pem }, key.pem);
}

/** The last word has the library that will open the sockets: its own rules may be stricter. */
function findTlsProblems(identity: SecureContextOptions): readonly string[] {
  try {
    createSecureContext({ ...identity, minVersion: 'TLSv1.2' });
    return [];
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    return [`must be usable for TLS: refused with ${code}`];
  }
}

function findKeyProblem(chain: readonly X509Certificate[], key: KeyObject): OutboundAuthProblem | undefined {
  const index = chain.findIndex((certificate) => certificate.checkPrivateKey(key));
  if (index === 0) return undefined;
  if (index > 0) {
    const message = `must begin with the certificate of the private key, which is certificate ${index + 1}`;
    return { pointer: '/certificate', message };
  }
  const name = chain[0] === undefined ? 'the certificate' : nameOf(chain[0]);
  return { pointer: '/privateKey', message: `must belong to the certificate: it is not the key of ${name}` };
}

function findChainProblems(chain: readonly X509Certificate[], nowMs: number): readonly string[] {
  return chain.flatMap((certificate, index) => {
    const before = chain[index - 1];
    const isOutOfOrder = before !== undefined && !isIssuedBy(before, certificate);
    if (isOutOfOrder) {
      return [
        `must hold each issuer right after what it issued: certificate ${index + 1}, ${nameOf(certificate)}, did not issue ${nameOf(before)}`,
      ];
    }
    const problem =
      findCertificateProblem(certificate, nowMs) ??
      (index === 0 ? findClientProblem(certificate) : findAuthorityProblem(certificate));
    return problem === undefined ? [] : [problem];
  });
}
