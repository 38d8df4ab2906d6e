import {
  endpointCaInput,
  endpointMtlsInput,
  endpointOAuth2Input,
  endpointSecretInput,
  endpointSignatureInput,
} from '../generated/validators.gen.ts';
import type { CompiledCheck } from './compiled-check.ts';
import type { EndpointAuthInput } from './contract-types.ts';
import { problemsOf, type Problem } from './validation.ts';

const CHECKS: Readonly<Record<EndpointAuthInput['type'], CompiledCheck>> = {
  secret: endpointSecretInput,
  ca: endpointCaInput,
  mtls: endpointMtlsInput,
  oauth2: endpointOAuth2Input,
  signature: endpointSignatureInput,
};
const CHECKS_BY_TYPE: ReadonlyMap<unknown, CompiledCheck> = new Map(Object.entries(CHECKS));

const STRATEGY_COUNT_MAX = 8;

/** What is wrong with `auth`, one strategy or a list of them. */
export function endpointAuthProblems(auth: unknown): readonly Problem[] {
  if (!Array.isArray(auth)) return strategyProblems(auth, '/auth');
  if (auth.length > STRATEGY_COUNT_MAX) {
    return [{ pointer: '/auth', message: `must have at most ${STRATEGY_COUNT_MAX} items` }];
  }
  return auth.flatMap((strategy, index) => strategyProblems(strategy, `/auth/${index}`));
}

function strategyProblems(strategy: unknown, at: string): readonly Problem[] {
  if (typeof strategy !== 'object' || strategy === null || Array.isArray(strategy)) {
    return [{ pointer: at, message: 'must be an object' }];
  }
  if (!('type' in strategy)) return [{ pointer: `${at}/type`, message: 'is required' }];
  const check = CHECKS_BY_TYPE.get(strategy.type);
  if (check === undefined) return [{ pointer: `${at}/type`, message: `must be ${TYPES}` }];
  return problemsOf(check, strategy).map(({ pointer, message }) => ({ pointer: at + pointer, message }));
}

const NAMES = Object.keys(CHECKS).map((type) => JSON.stringify(type));
const TYPES = `${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1) ?? ''}`;
