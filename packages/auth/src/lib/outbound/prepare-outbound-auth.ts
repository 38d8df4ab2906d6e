import type { EgressPolicy } from '../egress-policy.ts';
import { prepareCa, prepareMtls } from './prepare-certificates.ts';
import { isSamePlace, prepareNamedSecret } from './named-secret.ts';
import { prepareOAuth2 } from './oauth2-input.ts';
import { outboundSecretKind, type OutboundAuthConfig, type SignatureConfig } from './outbound-config.ts';
import type {
  OutboundAuthInput,
  OutboundAuthProblem,
  OutboundSecret,
  PreparedOutboundAuth,
} from './outbound-input.ts';
import type { PreparedStrategy } from './prepared-strategy.ts';
import { prepareSignature } from './signature.ts';

/** What new strategies are compared with. */
export interface PrepareOutboundAuthOptions {
  /** What the endpoint has; a signature given without a secret keeps its secrets. */
  readonly current?: readonly OutboundAuthConfig[];
  /** Judges the token URL as it would be judged when it is asked. */
  readonly egress?: EgressPolicy;
}

const STRATEGIES_MAX = 8;

/** Looks at the strategies of an endpoint as given, and parts what is stored from what is sealed. */
export function prepareOutboundAuth(
  inputs: readonly OutboundAuthInput[],
  nowMs: number,
  options: PrepareOutboundAuthOptions = {},
): PreparedOutboundAuth {
  const current = options.current?.find((config) => config.type === 'signature');
  const prepared = inputs.map((input) => prepareOne(input, nowMs, options, current));
  const problems = [...findListProblems(inputs), ...prepared.flatMap(problemsAt)];
  if (problems.length > 0) return { ok: false, problems };

  const configs: OutboundAuthConfig[] = [];
  const secrets: OutboundSecret[] = [];
  for (const [index, strategy] of prepared.entries()) {
    if (!strategy.ok) continue;
    configs.push(strategy.config);
    if (strategy.secret === undefined) continue;
    secrets.push({ kind: kindOf(strategy.config, index), value: strategy.secret });
  }
  const isMade = inputs.some((input) => input.type === 'signature' && input.secret === undefined);
  const made = isMade ? secrets.find(({ kind }) => isSigningKind(configs, kind)) : undefined;
  return {
    ok: true,
    configs,
    secrets,
    keptKinds:
      current !== undefined && configs.includes(current) ? current.secrets.map(({ kind }) => kind) : [],
    generated: made === undefined ? {} : { signingSecret: made.value },
  };
}

function prepareOne(
  input: OutboundAuthInput,
  nowMs: number,
  { egress }: PrepareOutboundAuthOptions,
  current: SignatureConfig | undefined,
): PreparedStrategy {
  switch (input.type) {
    case 'secret':
      return prepareNamedSecret(input);
    case 'ca':
      return prepareCa(input, nowMs);
    case 'mtls':
      return prepareMtls(input, nowMs);
    case 'oauth2':
      return prepareOAuth2(input, egress);
    case 'signature':
      return prepareSignature(input, current);
  }
}

function problemsAt(strategy: PreparedStrategy, index: number): readonly OutboundAuthProblem[] {
  if (strategy.ok) return [];
  return strategy.problems.map(({ pointer, message }) => ({ pointer: `/${index}${pointer}`, message }));
}

/** What is wrong with the strategies together. */
function findListProblems(inputs: readonly OutboundAuthInput[]): readonly OutboundAuthProblem[] {
  const problems: OutboundAuthProblem[] = [];
  if (inputs.length > STRATEGIES_MAX) {
    problems.push({ pointer: '', message: `must be at most ${STRATEGIES_MAX} strategies` });
  }
  inputs.forEach((input, index) => {
    const before = inputs.slice(0, index);
    if (input.type !== 'secret' && before.some(({ type }) => type === input.type)) {
      problems.push({
        pointer: `/${index}/type`,
        message: `must be the only strategy of type ${input.type}`,
      });
    }
    if (
      input.type === 'secret' &&
      before.some((other) => other.type === 'secret' && isSamePlace(other, input))
    ) {
      problems.push({ pointer: `/${index}/name`, message: 'must be a name no other strategy uses' });
    }
    problems.push(...findMissingPartner(input, index, inputs));
  });
  return problems;
}

function findMissingPartner(
  input: OutboundAuthInput,
  index: number,
  inputs: readonly OutboundAuthInput[],
): readonly OutboundAuthProblem[] {
  const has = (type: OutboundAuthInput['type']): boolean => inputs.some((other) => other.type === type);
  if (input.type === 'secret' && input.in === 'header' && input.name.toLowerCase() === 'authorization') {
    const message = 'must not be Authorization beside oauth2, which sets it';
    return has('oauth2') ? [{ pointer: `/${index}/name`, message }] : [];
  }
  if (input.type === 'oauth2' && input.clientAuthentication === 'tls' && !has('mtls')) {
    const message = 'must be another method unless a strategy of type mtls gives the certificate';
    return [{ pointer: `/${index}/clientAuthentication`, message }];
  }
  return [];
}

function kindOf(config: OutboundAuthConfig, index: number): string {
  return config.type === 'signature' ? (config.secrets[0]?.kind ?? '') : outboundSecretKind(index);
}

function isSigningKind(configs: readonly OutboundAuthConfig[], wanted: string): boolean {
  return configs.some(
    (config) => config.type === 'signature' && config.secrets.some(({ kind }) => kind === wanted),
  );
}
