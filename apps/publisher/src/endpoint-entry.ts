import { createOutboundAuth, type EgressPolicy, type OutboundAuth } from '@earshot/auth';
import { AppError } from '@earshot/domain';
import type { Endpoint, EndpointStore, SealedEndpointSecret } from '@earshot/storage';
import { Agent, type Dispatcher } from 'undici';
import { createGuardedConnector } from './guarded-connector.ts';

/** An endpoint ready to be posted to. */
export interface EndpointEntry {
  readonly endpoint: Endpoint;
  readonly url: URL;
  readonly auth: OutboundAuth;
  /** Sockets of this endpoint only, so that a stuck target holds up nobody else. */
  readonly dispatcher: Dispatcher;
}

export interface EndpointEntryOptions {
  readonly endpoints: Pick<EndpointStore, 'getSecrets'>;
  /** Opens a secret sealed for this record of this tenant. */
  readonly openSecret: (tenantId: string, recordId: string, sealed: Uint8Array) => Promise<string>;
  readonly egress: EgressPolicy;
  /** Most POSTs to one endpoint under way at once, and so most sockets. */
  readonly inFlightMax: number;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 15_000;

export async function openEndpointEntry(
  options: EndpointEntryOptions,
  endpoint: Endpoint,
): Promise<EndpointEntry> {
  const secrets = await options.endpoints.getSecrets(endpoint.tenantId, endpoint.endpointId);
  const connect = createGuardedConnector({ policy: options.egress, connectTimeoutMs: CONNECT_TIMEOUT_MS });
  return {
    endpoint,
    url: new URL(endpoint.url),
    auth: createOutboundAuth(endpoint.auth, openOnce(options, endpoint, secrets)),
    dispatcher: new Agent({
      connect,
      connections: options.inFlightMax,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
    }),
  };
}

/** Each secret is opened at its first use and kept as long as the entry; a failure to open is not kept. */
function openOnce(
  { openSecret }: EndpointEntryOptions,
  { tenantId, endpointId }: Endpoint,
  secrets: readonly SealedEndpointSecret[],
): (kind: string) => Promise<string> {
  const opened = new Map<string, string>();
  return async (kind) => {
    const known = opened.get(kind);
    if (known !== undefined) return known;
    const secret = secrets.find((one) => one.kind === kind);
    if (secret === undefined) {
      const message = `Cannot authenticate to endpoint: it has no secret ${kind}`;
      throw new AppError('webhook.secret-missing', message, { retryable: false });
    }
    const text = await openSecret(tenantId, `endpoint:${endpointId}:${kind}`, secret.sealed);
    opened.set(kind, text);
    return text;
  };
}
