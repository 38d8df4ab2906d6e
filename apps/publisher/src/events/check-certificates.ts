import { describeOutboundAuth, type CertificateFacts } from '@earshot/auth';
import type { OperationalEventData } from '@earshot/api';
import type { Clock } from '@earshot/domain';
import type { Endpoint, OperationalEventStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { createRenewals } from '../renewals.ts';
import { deriveEventId } from './derive-event-id.ts';
import { forgetSigningSecrets, type ForgetSecretsDeps } from './forget-signing-secrets.ts';

export interface CertificateCheckDeps {
  readonly events: Pick<OperationalEventStore, 'add' | 'listCertificateHolders' | 'forget'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Days before the end of a certificate at which its owner is told, the nearest first. */
const TOLD_AT_DAYS = [1, 7, 30] as const;
const ENDPOINTS_PER_READ = 100;
const EVENT_AGE_MAX_MS = 90 * 86_400_000;
const FORGOTTEN_PER_CHECK_MAX = 10_000;
const CHECK_EVERY_MS = 6 * 3_600_000;

interface HeldCertificate {
  readonly strategy: 'ca' | 'mtls';
  readonly certificate: CertificateFacts;
}

/** Tells of every certificate that ends soon; each end once per threshold, however many processes check. */
export async function checkCertificates({ events, clock, logger }: CertificateCheckDeps): Promise<number> {
  const nowMs = clock.now();
  let toldCount = 0;
  let after: { readonly tenantId: string; readonly endpointId: string } | undefined;
  for (;;) {
    const endpoints = await events.listCertificateHolders({
      limit: ENDPOINTS_PER_READ,
      ...(after === undefined ? {} : { after }),
    });
    for (const endpoint of endpoints) {
      for (const held of certificatesOf(endpoint, nowMs, logger)) {
        if (await tell(events, endpoint, held, nowMs)) toldCount += 1;
      }
    }
    after = endpoints.at(-1);
    if (after === undefined) return toldCount;
  }
}

function certificatesOf(endpoint: Endpoint, nowMs: number, logger: Logger): readonly HeldCertificate[] {
  try {
    return endpoint.auth.flatMap((config): HeldCertificate[] => {
      const described = describeOutboundAuth(config, nowMs);
      if (described.type === 'mtls') return [{ strategy: 'mtls', certificate: described.certificate }];
      if (described.type !== 'ca') return [];
      return described.certificates.map((certificate) => ({ strategy: 'ca', certificate }));
    });
  } catch (error) {
    logger.warn('endpoint.certificate-unreadable', { endpointId: endpoint.endpointId, error });
    return [];
  }
}

async function tell(
  events: Pick<OperationalEventStore, 'add'>,
  endpoint: Endpoint,
  { strategy, certificate }: HeldCertificate,
  nowMs: number,
): Promise<boolean> {
  const threshold = TOLD_AT_DAYS.find((days) => certificate.daysLeft < days);
  if (threshold === undefined) return false;
  const { tenantId, appId, endpointId, name } = endpoint;
  const type = 'endpoint.certificate-expiring';
  const { daysLeft } = certificate;
  const data: OperationalEventData = { endpointId, name, strategy, daysLeft, certificate };
  const eventId = deriveEventId(type, endpointId, certificate.sha256, threshold);
  return await events.add({ tenantId, appId, eventId, type, endpointId, data, occurredAtMs: nowMs });
}

/** Checks at once and then four times a day, and forgets old events and ended secrets; the answer stops it. */
export function startCertificateCheck(deps: CertificateCheckDeps & ForgetSecretsDeps): () => Promise<void> {
  const check = async (): Promise<boolean> => {
    try {
      const toldCount = await checkCertificates(deps);
      if (toldCount > 0) deps.logger.info('endpoint.certificates-expiring', { toldCount });
      const occurredBeforeMs = deps.clock.now() - EVENT_AGE_MAX_MS;
      await deps.events.forget({ occurredBeforeMs, limit: FORGOTTEN_PER_CHECK_MAX });
      await forgetSigningSecrets(deps);
    } catch (error) {
      deps.logger.warn('endpoint.certificates-not-checked', { error });
    }
    return true;
  };
  const first = check();
  const checks = createRenewals(CHECK_EVERY_MS, check);
  checks.start();
  return async () => {
    await first;
    await checks.pause();
  };
}
