import type { Problem, UpdateEndpointBody } from '@earshot/api';
import { judgeEgressUrl, type EgressPolicy, type OutboundAuthConfig } from '@earshot/auth';
import type { EndpointFields } from '@earshot/storage';

export const ENDPOINT_DEFAULTS = {
  enabled: true,
  policy: 'realtime',
  pendingMax: 100,
  pendingAgeMaxMs: 30_000,
  timeoutMs: 5000,
  partials: false,
  headOfLine: 'block',
  skipAfterAttempts: 5,
  operationalEvents: false,
} as const;

/** Whether this deployment may call the URL of a validated body; empty when it may. */
export function findUrlProblems(text: string | undefined, egress: EgressPolicy): readonly Problem[] {
  if (text === undefined) return [];
  const verdict = judgeEgressUrl(new URL(text), egress);
  if (verdict.ok) return [];
  return [{ pointer: '/url', message: `must be an https URL of a public host: ${verdict.reason}` }];
}

/** A certificate that no connection would ask for: whoever gave it believes in a protection that is not there. */
export function findUnusedCertificates(url: string, auth: readonly OutboundAuthConfig[]): readonly Problem[] {
  const hasCertificate = auth.some(({ type }) => type === 'ca' || type === 'mtls');
  const connectsByTls = [url, ...auth.flatMap((one) => (one.type === 'oauth2' ? [one.tokenUrl] : []))].some(
    (target) => new URL(target).protocol === 'https:',
  );
  if (!hasCertificate || connectsByTls) return [];
  return [
    {
      pointer: '/url',
      message: 'must be an https URL where auth holds ca or mtls: http has no certificates',
    },
  ];
}

const KEPT_AS_GIVEN = [
  'name',
  'url',
  'enabled',
  'policy',
  'pendingMax',
  'pendingAgeMaxMs',
  'timeoutMs',
  'partials',
  'headOfLine',
  'skipAfterAttempts',
  'operationalEvents',
] as const satisfies readonly (keyof EndpointFields)[];

/** The fields a body changes, but for `auth`; a limit that is null is taken away. */
export function changedFields(input: UpdateEndpointBody): Partial<EndpointFields> {
  const { inFlightMax, ratePerSecondMax } = input;
  return {
    ...picked(input, KEPT_AS_GIVEN),
    ...(inFlightMax === undefined ? {} : { inFlightMax: inFlightMax ?? undefined }),
    ...(ratePerSecondMax === undefined ? {} : { ratePerSecondMax: ratePerSecondMax ?? undefined }),
  };
}

/** What of `names` is given. The cast says what the entries are made of. */
function picked<Given extends object, Name extends keyof Given>(
  given: Given,
  names: readonly Name[],
): Pick<Given, Name> {
  const entries = names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]));
  return Object.fromEntries(entries) as Pick<Given, Name>;
}
