import { AppError } from '@earshot/domain';
import { isHeaderValue, isSettableHeaderName, withHeader } from './header-field.ts';
import type { NamedSecretConfig } from './outbound-config.ts';
import type { NamedSecretInput, OutboundAuthProblem } from './outbound-input.ts';
import type { OutboundRequest } from './outbound-request.ts';
import { strategyUnless, type PreparedStrategy } from './prepared-strategy.ts';

const NAME_CHARS_MAX = 128;
const VALUE_CHARS_MAX = 4096;

export async function applyNamedSecret(
  request: OutboundRequest,
  config: NamedSecretConfig,
  open: () => Promise<string>,
): Promise<OutboundRequest> {
  const secret = await open();
  if (config.in === 'query') return withQuery(request, config.name, secret);
  if (!isHeaderValue(secret)) {
    const message = `Cannot set header ${config.name}: secret is not 1 to ${VALUE_CHARS_MAX} printable ASCII characters`;
    throw new AppError('auth.invalid-secret', message, { retryable: false });
  }
  return withHeader(request, config.name, secret);
}

export function prepareNamedSecret({ type, name, in: place, value }: NamedSecretInput): PreparedStrategy {
  const problems: OutboundAuthProblem[] = [];
  const accepted = acceptedName({ type, name, in: place });
  if (accepted !== undefined) problems.push({ pointer: '/name', message: `must be ${accepted}` });
  const valid = place === 'header' ? isHeaderValue(value) : isQueryValue(value);
  if (!valid) {
    const kind = place === 'header' ? 'printable ASCII characters' : 'characters';
    problems.push({ pointer: '/value', message: `must be 1 to ${VALUE_CHARS_MAX} ${kind}` });
  }
  return strategyUnless(problems, { type, name, in: place }, value);
}

/** What the name should have been; undefined when it can be used. */
function acceptedName({ name, in: place }: NamedSecretConfig): string | undefined {
  if (place === 'header') {
    return isSettableHeaderName(name) ? undefined : 'a header name that the sender does not set itself';
  }
  return isHeaderValue(name) && name.length <= NAME_CHARS_MAX
    ? undefined
    : `1 to ${NAME_CHARS_MAX} printable ASCII characters`;
}

/** Whether two secrets would stand in the same place. */
export function isSamePlace(a: NamedSecretConfig, b: NamedSecretConfig): boolean {
  if (a.in !== b.in) return false;
  return a.in === 'header' ? a.name.toLowerCase() === b.name.toLowerCase() : a.name === b.name;
}

function isQueryValue(value: string): boolean {
  return value.length > 0 && value.length <= VALUE_CHARS_MAX && value.isWellFormed();
}

/** Appends to the query text: `searchParams` would encode again what is there and break signed URLs. */
function withQuery(request: OutboundRequest, name: string, value: string): OutboundRequest {
  const url = new URL(request.url);
  const own = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  url.search = url.search === '' ? own : `${url.search}&${own}`;
  return { ...request, url };
}
