import { createEndpointBody, updateEndpointBody } from '../generated/validators.gen.ts';
import type { CompiledCheck } from './compiled-check.ts';
import type { CreateEndpointBody, UpdateEndpointBody } from './contract-types.ts';
import { endpointAuthProblems } from './endpoint-auth-problems.ts';
import { ERROR_CODES } from './error-codes.ts';
import { problemsOf, type Problem, type Validation } from './validation.ts';

/** Checks a create body. Which hosts may be called is the egress guard's business, not decided here. */
export function validateCreateEndpointBody(value: unknown): Validation<CreateEndpointBody> {
  return validated(schemaProblems(createEndpointBody, value), asCreateEndpointBody(value));
}

export function validateUpdateEndpointBody(value: unknown): Validation<UpdateEndpointBody> {
  return validated(schemaProblems(updateEndpointBody, value), asUpdateEndpointBody(value));
}

/** The strategies are judged one by one: of a union a compiled check can only say that no part fits. */
function schemaProblems(check: CompiledCheck, value: unknown): readonly Problem[] {
  if (!isRecord(value) || value['auth'] === undefined) return problemsOf(check, value);
  const { auth, ...rest } = value;
  const isRemoval = auth === null && check === updateEndpointBody;
  return [...problemsOf(check, rest), ...(isRemoval ? [] : endpointAuthProblems(auth))];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function validated<T extends UpdateEndpointBody>(found: readonly Problem[], body: T): Validation<T> {
  const problems = found.length > 0 ? found : urlProblems(body);
  if (problems.length > 0) return { ok: false, code: ERROR_CODES.invalidField, problems };
  return { ok: true, value: body };
}

function urlProblems({ url }: UpdateEndpointBody): readonly Problem[] {
  if (url === undefined) return [];
  const problem = (message: string): readonly Problem[] => [{ pointer: '/url', message }];
  if (!URL.canParse(url)) return problem('must be an absolute https URL');
  const { protocol, username, password, hash } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return problem('must be an absolute https URL');
  if (username !== '' || password !== '') return problem('must hold no user name and password');
  if (hash !== '') return problem('must hold no fragment');
  return [];
}

/** Used only when the compiled check of the same schema passed. */
function asCreateEndpointBody(value: unknown): CreateEndpointBody {
  return value as CreateEndpointBody;
}

/** Used only when the compiled check of the same schema passed. */
function asUpdateEndpointBody(value: unknown): UpdateEndpointBody {
  return value as UpdateEndpointBody;
}
