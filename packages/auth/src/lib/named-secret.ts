import { AppError } from '@earshot/domain';
import { isHeaderValue } from './header-field.ts';
import type { OutboundAuth, OutboundRequest } from './outbound-request.ts';

/** A secret of the receiver's choice in a header or a query parameter of its choice. */
export interface NamedSecretConfig {
  readonly type: 'secret';
  readonly name: string;
  readonly in: 'header' | 'query';
}

export function createNamedSecret(config: NamedSecretConfig, open: () => Promise<string>): OutboundAuth {
  return {
    async apply(request) {
      const secret = await open();
      if (config.in === 'query') return withQuery(request, config.name, secret);
      if (!isHeaderValue(secret)) {
        const message = `Cannot set header ${config.name}: secret is not 1 to 4096 printable ASCII characters`;
        throw new AppError('auth.invalid-secret', message, { retryable: false });
      }
      return withHeader(request, config.name, secret);
    },
  };
}

/** Replaces a header of that name in any case, so that two never travel together. */
function withHeader(request: OutboundRequest, name: string, value: string): OutboundRequest {
  const others = Object.entries(request.headers).filter(
    ([other]) => other.toLowerCase() !== name.toLowerCase(),
  );
  return { url: request.url, headers: { ...Object.fromEntries(others), [name]: value } };
}

/** Appends to the query text: `searchParams` would encode again what is there and break signed URLs. */
function withQuery(request: OutboundRequest, name: string, value: string): OutboundRequest {
  const url = new URL(request.url);
  const own = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  url.search = url.search === '' ? own : `${url.search}&${own}`;
  return { url, headers: request.headers };
}
