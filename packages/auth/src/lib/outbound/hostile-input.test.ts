import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createTestAuthority,
  type TestAuthority,
  type TestCertificate,
} from '../../testing/test-certificates.ts';
import { describeOutboundAuth } from './describe-outbound-auth.ts';
import type { OutboundAuthInput } from './outbound-input.ts';
import { prepareOutboundAuth } from './prepare-outbound-auth.ts';

// The same cases in every run: a search for new ones is made on purpose, with another seed.
fc.configureGlobal({ seed: 20_261_123 });

const NOW_MS = Date.now();
let root: TestAuthority;
let client: TestCertificate;
beforeAll(async () => {
  root = await createTestAuthority({ commonName: 'Root' });
  client = await root.issue({ commonName: 'Client' });
});

/** Whatever is given is refused with reasons or can be described: how many of either there are. */
function answerCount(inputs: readonly OutboundAuthInput[]): number {
  const prepared = prepareOutboundAuth(inputs, NOW_MS);
  if (!prepared.ok) return prepared.problems.length;
  return prepared.configs.map((config) => JSON.stringify(describeOutboundAuth(config, NOW_MS))).length;
}

/** The PEM with bytes of its DER put in place of others. */
function mutated(pem: string, changes: readonly { readonly at: number; readonly byte: number }[]): string {
  const [begin = '', end = ''] = pem.match(/-----[A-Z ]+-----/g) ?? [];
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  for (const { at, byte } of changes) der[at % der.length] = byte;
  return `${begin}\n${der.toString('base64')}\n${end}\n`;
}

const changes = fc.array(fc.record({ at: fc.nat(2000), byte: fc.nat(255) }), { minLength: 1, maxLength: 4 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('https://[', 'https://a.b/', '-----BEGIN '),
);

describe('prepareOutboundAuth', () => {
  it('answers whatever texts are given', () => {
    const inputs = fc.oneof(
      fc.record({
        type: fc.constant('secret' as const),
        name: text,
        in: fc.constantFrom('header', 'query'),
        value: text,
      }),
      fc.record({ type: fc.constant('ca' as const), certificates: text }),
      fc.record({
        type: fc.constant('mtls' as const),
        certificate: text,
        privateKey: text,
        passphrase: text,
      }),
      fc.record({
        type: fc.constant('oauth2' as const),
        tokenUrl: text,
        clientId: text,
        clientAuthentication: fc.constantFrom('basic', 'post', 'private_key_jwt', 'tls'),
        clientSecret: text,
        privateKey: text,
        scope: text,
      }),
      fc.record({ type: fc.constant('signature' as const), secret: text }),
    );
    fc.assert(
      fc.property(fc.array(inputs, { minLength: 1, maxLength: 4 }), (given) => {
        expect(answerCount(given)).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('answers whatever a certificate says', () => {
    const { privateKeyPem: privateKey } = client;
    fc.assert(
      fc.property(changes, (given) => {
        const certificate = mutated(client.pem, given);
        const issuer = mutated(root.pem, given);
        expect(answerCount([{ type: 'ca', certificates: issuer }])).toBeGreaterThan(0);
        const strategies = [certificate + root.pem, client.pem + issuer].map((chain) =>
          answerCount([{ type: 'mtls', certificate: chain, privateKey }]),
        );
        expect(strategies).not.toContain(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('answers whatever a private key says', () => {
    fc.assert(
      fc.property(changes, (given) => {
        const privateKey = mutated(client.privateKeyPem, given);
        expect(answerCount([{ type: 'mtls', certificate: client.pem, privateKey }])).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
