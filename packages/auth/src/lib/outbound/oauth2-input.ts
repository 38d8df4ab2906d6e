import { judgeEgressUrl } from '../judge-egress.ts';
import type { EgressPolicy } from '../egress-policy.ts';
import { readPrivateKey } from './private-key.ts';
import { CLIENT_AUTHENTICATIONS, type OAuth2Config } from './outbound-config.ts';
import type { OAuth2Input, OutboundAuthProblem } from './outbound-input.ts';
import { strategyUnless, type PreparedStrategy } from './prepared-strategy.ts';
import { assertionAlgorithm } from './assertion-algorithm.ts';

/** RFC 6749, appendix A: VSCHAR, and scope-token by scope-token. */
const VISIBLE = /^[\x20-\x7e]{1,1024}$/;
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;
const SCOPE_CHARS_MAX = 2048;
const URL_CHARS_MAX = 2048;

export function prepareOAuth2(input: OAuth2Input, egress: EgressPolicy | undefined): PreparedStrategy {
  const problems: OutboundAuthProblem[] = [...findTokenUrlProblems(input.tokenUrl, egress)];
  const demand = (pointer: string, isMet: boolean, message: string): void => {
    if (!isMet) problems.push({ pointer, message });
  };
  const { clientId, clientAuthentication: method, clientSecret, keyId, scope, audience } = input;
  demand('/clientId', VISIBLE.test(clientId), 'must be 1 to 1024 printable ASCII characters');
  demand(
    '/clientAuthentication',
    CLIENT_AUTHENTICATIONS.includes(method),
    `must be one of ${CLIENT_AUTHENTICATIONS.join(', ')}`,
  );
  demand(
    '/scope',
    scope === undefined || isScope(scope),
    'must be scopes of printable ASCII with one space between',
  );
  demand(
    '/audience',
    audience === undefined || VISIBLE.test(audience),
    'must be 1 to 1024 printable ASCII characters',
  );
  demand(
    '/keyId',
    keyId === undefined || VISIBLE.test(keyId),
    'must be 1 to 1024 printable ASCII characters',
  );
  demand(
    '/keyId',
    keyId === undefined || method === 'private_key_jwt',
    'must be absent but for private_key_jwt',
  );

  const usesSecret = method === 'basic' || method === 'post';
  if (usesSecret)
    demand('/clientSecret', VISIBLE.test(clientSecret ?? ''), 'must be 1 to 1024 printable ASCII characters');
  else demand('/clientSecret', clientSecret === undefined, 'must be absent but for basic and post');

  const key = findAssertionKey(input);
  problems.push(...key.problems);
  return strategyUnless(problems, configOf(input), usesSecret ? clientSecret : key.pem);
}

function isScope(scope: string): boolean {
  return scope.length <= SCOPE_CHARS_MAX && SCOPE.test(scope);
}

function configOf(input: OAuth2Input): OAuth2Config {
  const { type, tokenUrl, clientId, clientAuthentication, keyId, scope, audience } = input;
  return {
    type,
    tokenUrl,
    clientId,
    clientAuthentication,
    ...(keyId === undefined ? {} : { keyId }),
    ...(scope === undefined ? {} : { scope }),
    ...(audience === undefined ? {} : { audience }),
  };
}

interface AssertionKey {
  readonly pem?: string;
  readonly problems: readonly OutboundAuthProblem[];
}

function findAssertionKey({ clientAuthentication, privateKey }: OAuth2Input): AssertionKey {
  const pointer = '/privateKey';
  if (clientAuthentication !== 'private_key_jwt') {
    const message = 'must be absent but for private_key_jwt';
    return { problems: privateKey === undefined ? [] : [{ pointer, message }] };
  }
  if (privateKey === undefined) {
    return { problems: [{ pointer, message: 'must be a PEM private key with private_key_jwt' }] };
  }
  const read = readPrivateKey(privateKey, undefined);
  if (!read.ok) {
    const message = read.field === 'passphrase' ? 'must not be encrypted' : read.message;
    return { problems: [{ pointer, message }] };
  }
  if (assertionAlgorithm(read.key) === undefined) {
    const message = 'must be RSA of at least 2048 bits, P-256, P-384, P-521 or Ed25519';
    return { problems: [{ pointer, message }] };
  }
  return { pem: read.pem, problems: [] };
}

function findTokenUrlProblems(
  text: string,
  egress: EgressPolicy | undefined,
): readonly OutboundAuthProblem[] {
  const pointer = '/tokenUrl';
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || text.length > URL_CHARS_MAX) {
    return [{ pointer, message: `must be an https URL of at most ${URL_CHARS_MAX} characters` }];
  }
  if (url.username !== '' || url.password !== '') return [{ pointer, message: 'must not hold credentials' }];
  // RFC 6749, section 3.2.
  if (url.hash !== '') return [{ pointer, message: 'must not hold a fragment' }];
  const verdict = egress === undefined ? undefined : judgeEgressUrl(url, egress);
  if (verdict === undefined || verdict.ok) return [];
  return [{ pointer, message: `must be an https URL of a public host: ${verdict.reason}` }];
}
