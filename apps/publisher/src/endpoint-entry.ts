import { createOutboundAuth, type EgressPolicy, type OutboundAuth, type TlsIdentity } from '@earshot/auth';
import { AppError, systemClock } from '@earshot/domain';
import type { Endpoint, EndpointStore, SealedEndpointSecret } from '@earshot/storage';
import { Agent, type Dispatcher } from 'undici';
import { createGuardedConnector, type ResolveName } from './guarded-connector.ts';
import { createTokenClient } from './token-client.ts';

/** An endpoint ready to be posted to. */
export interface EndpointEntry {
  readonly endpoint: Endpoint;
  readonly url: URL;
  readonly auth: OutboundAuth;
  /** Sockets of this endpoint only, so that a stuck target holds up nobody else. */
  readonly dispatcher: Dispatcher;
  /** Resolves when every socket is closed. */
  close(): Promise<void>;
}

export interface EndpointEntryOptions {
  readonly endpoints: Pick<EndpointStore, 'getSecrets'>;
  /** Opens a secret sealed for this record of this tenant. */
  readonly openSecret: (tenantId: string, recordId: string, sealed: Uint8Array) => Promise<string>;
  readonly egress: EgressPolicy;
  /** Default: the system's resolver. */
  readonly resolve?: ResolveName | undefined;
  /** Most POSTs under way at once to an endpoint that says nothing of its own, and so most sockets. */
  readonly inFlightMax: number;
  /** Whether an endpoint's own limit may be above it. Default true. */
  readonly ownLimitAbove?: boolean;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 15_000;
const TOKEN_SOCKET_COUNT_MAX = 1;

export async function openEndpointEntry(
  options: EndpointEntryOptions,
  endpoint: Endpoint,
): Promise<EndpointEntry> {
  const secrets = await options.endpoints.getSecrets(endpoint.tenantId, endpoint.endpointId);
  const { egress: policy, resolve } = options;
  const openAgent = (connections: number, tls: TlsIdentity | undefined): Agent =>
    new Agent({
      connect: createGuardedConnector({ policy, connectTimeoutMs: CONNECT_TIMEOUT_MS, tls, resolve }),
      connections,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
  const tokens = createTokenClient(async () => openAgent(TOKEN_SOCKET_COUNT_MAX, await auth.tokenTls()));
  const auth = createOutboundAuth(endpoint.auth, openOnce(options, endpoint, secrets), {
    fetch: tokens.fetch,
    clock: systemClock,
  });
  const dispatcher = openAgent(inFlightMaxOf(options, endpoint), await auth.tls());
  return {
    endpoint,
    url: new URL(endpoint.url),
    auth,
    dispatcher,
    async close() {
      await Promise.all([dispatcher.close(), tokens.close()]);
    },
  };
}

export function inFlightMaxOf(
  { inFlightMax, ownLimitAbove = true }: Pick<EndpointEntryOptions, 'inFlightMax' | 'ownLimitAbove'>,
  endpoint: Pick<Endpoint, 'inFlightMax'> | undefined,
): number {
  const own = endpoint?.inFlightMax ?? inFlightMax;
  return ownLimitAbove ? own : Math.min(own, inFlightMax);
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
