import type { CertificateFacts, Endpoint, EndpointAuth, EndpointTest } from '@earshot/api';

const NAME_WIDTH = 15;

/** One line a list shows. */
export function endpointLine({ id, name, url, state, policy, auth, circuit }: Endpoint): string {
  const strategies = auth.map(({ type }) => type).join('+') || 'no auth';
  const open = circuit.state === 'closed' ? '' : `  circuit ${circuit.state}`;
  return `${id}  ${state.padEnd(8)}  ${policy.padEnd(8)}  ${name}  ${url}  ${strategies}${open}`;
}

/** Everything there is to tell of an endpoint; of credentials what is no secret. */
export function endpointLines(endpoint: Endpoint): string[] {
  const { circuit, stateReason, pausedAt, inFlightMax, ratePerSecondMax } = endpoint;
  const reason = stateReason ?? (pausedAt === undefined ? undefined : `since ${pausedAt}`);
  const skips =
    endpoint.headOfLine === 'block' ? 'block' : `skip after ${endpoint.skipAfterAttempts} attempts`;
  const probe = circuit.nextProbeAt === undefined ? '' : `, next try at ${circuit.nextProbeAt}`;
  return [
    line('id', endpoint.id),
    line('name', endpoint.name),
    line('url', endpoint.url),
    line('state', reason === undefined ? endpoint.state : `${endpoint.state} (${reason})`),
    line('circuit', `${circuit.state}${probe}`),
    line('policy', endpoint.policy === 'durable' ? `durable, ${skips}` : endpoint.policy),
    line('timeout', `${endpoint.timeoutMs} ms`),
    line('pending', `${endpoint.pendingMax} messages, ${endpoint.pendingAgeMaxMs} ms`),
    ...(inFlightMax === undefined ? [] : [line('in flight', `${inFlightMax} at most`)]),
    ...(ratePerSecondMax === undefined ? [] : [line('rate', `${ratePerSecondMax} a second at most`)]),
    line('gets', contentOf(endpoint)),
    ...endpoint.auth.flatMap(authLines),
  ];
}

function contentOf({ operationalEvents, partials }: Endpoint): string {
  if (operationalEvents) return 'operational events';
  return partials ? 'transcripts and partials' : 'transcripts';
}

function authLines(auth: EndpointAuth): string[] {
  switch (auth.type) {
    case 'secret':
      return [line('auth', `secret in ${auth.in} ${auth.name}`)];
    case 'ca':
      return auth.certificates.map((facts) => line('auth', `authority ${certificateText(facts)}`));
    case 'mtls':
      return [line('auth', `client certificate ${certificateText(auth.certificate)}`)];
    case 'oauth2':
      return [line('auth', `OAuth2 ${auth.clientId} at ${auth.tokenUrl} (${auth.clientAuthentication})`)];
    case 'signature': {
      const until =
        auth.previousUntil === undefined ? '' : `, the previous secret too until ${auth.previousUntil}`;
      return [line('auth', `signature${until}`)];
    }
  }
}

function certificateText({ subject, notAfter, daysLeft }: CertificateFacts): string {
  return `${subject.replaceAll('\n', ', ')}, until ${notAfter} (${daysLeft} days)`;
}

/** What became of a test event, and what may help. */
export function testLines({ delivered, status, durationMs, stage, ...rest }: EndpointTest): string[] {
  const { error, remedy, certificate, responsePreview } = rest;
  const answered = status === undefined ? '' : `, status ${status}`;
  return [
    delivered
      ? `Delivered in ${durationMs} ms${answered}`
      : `Not delivered: it ended at stage ${stage} after ${durationMs} ms${answered}`,
    ...(error === undefined ? [] : [line('error', error)]),
    ...(responsePreview === undefined || responsePreview === '' ? [] : [line('answered', responsePreview)]),
    ...(remedy === undefined ? [] : [line('what to do', remedy)]),
    ...(certificate === undefined ? [] : [line('certificate', certificateText(certificate))]),
  ];
}

function line(name: string, value: string): string {
  return `${name.padEnd(NAME_WIDTH)}${value}`;
}
