import { AppError } from '@earshot/domain';
import { isHeaderValue, isSettableHeaderName } from './header-field.ts';
import { createNamedSecret, type NamedSecretConfig } from './named-secret.ts';
import type { OutboundAuth } from './outbound-request.ts';

/** One strategy of an endpoint, as stored; secret values are kept apart and asked for by kind. */
export type OutboundAuthConfig = NamedSecretConfig;

export interface OutboundAuthProblem {
  /** JSON pointer into the list of strategies, for example `/0/name`. */
  readonly pointer: string;
  readonly accepted: string;
}

const STRATEGIES_MAX = 8;

/** The kind under which the secret of the strategy at `index` is kept: `auth-secret`, `auth-secret-2`, ... */
export function outboundSecretKind(index: number): string {
  return index === 0 ? 'auth-secret' : `auth-secret-${index + 1}`;
}

/** What is wrong with a list of strategies; empty when it can be used. */
export function findOutboundAuthProblems(
  configs: readonly OutboundAuthConfig[],
): readonly OutboundAuthProblem[] {
  const problems: OutboundAuthProblem[] = [];
  if (configs.length > STRATEGIES_MAX)
    problems.push({ pointer: '', accepted: `at most ${STRATEGIES_MAX} strategies` });
  configs.forEach((config, index) => {
    const accepted = acceptedName(config);
    if (accepted !== undefined) problems.push({ pointer: `/${index}/name`, accepted });
    const twin = configs.findIndex((other) => other.in === config.in && sameName(other, config));
    if (twin < index) problems.push({ pointer: `/${index}/name`, accepted: 'a name no other strategy uses' });
  });
  return problems;
}

/**
 * Composes the strategies of an endpoint in their order. Secrets are asked for at every request, so a rotated one
 * is used at once; whoever passes `openSecret` may cache.
 *
 * @throws AppError `auth.invalid-outbound` when `findOutboundAuthProblems` finds any
 */
export function createOutboundAuth(
  configs: readonly OutboundAuthConfig[],
  openSecret: (kind: string) => Promise<string>,
): OutboundAuth {
  const [problem] = findOutboundAuthProblems(configs);
  if (problem !== undefined) {
    const message = `Cannot use outbound authentication: ${problem.pointer || 'the list'} must be ${problem.accepted}`;
    throw new AppError('auth.invalid-outbound', message, { retryable: false });
  }
  const strategies = configs.map((config, index) =>
    createNamedSecret(config, () => openSecret(outboundSecretKind(index))),
  );
  return {
    async apply(request) {
      let current = request;
      for (const strategy of strategies) current = await strategy.apply(current);
      return current;
    },
  };
}

function acceptedName(config: OutboundAuthConfig): string | undefined {
  if (config.in === 'header') {
    return isSettableHeaderName(config.name)
      ? undefined
      : 'a header name that the sender does not set itself';
  }
  return isHeaderValue(config.name) && config.name.length <= 128
    ? undefined
    : '1 to 128 printable ASCII characters';
}

function sameName(a: OutboundAuthConfig, b: OutboundAuthConfig): boolean {
  return a.in === 'header' ? a.name.toLowerCase() === b.name.toLowerCase() : a.name === b.name;
}
