import {
  createPartialRedactor,
  createRedactor,
  policyInForce,
  strictestTenantPolicy,
  toRedactionPolicy,
  type KeptState,
  type PartialRedactor,
  type PolicyInForce,
  type Redactor,
} from '@earshot/redaction';
import type { RedactionSettingsStore } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import type { IngestMetrics } from './ingest-metrics.ts';

/** What masks the words of one call, from the beginning of a lease to its end. */
export interface CallRedaction {
  readonly finals: Redactor;
  /** What is shown while somebody speaks cannot be taken back, so that it is judged more strictly. */
  readonly partials: PartialRedactor;
}

export interface TenantRedactions {
  /** By the tenant's settings as they are now. Never rejects: where they cannot be read, everything is masked. */
  open(tenantId: string): Promise<CallRedaction>;
}

export interface TenantRedactionsDeps {
  readonly redactionSettings: Pick<RedactionSettingsStore, 'get'>;
  readonly metrics: Pick<IngestMetrics, 'strictestPolicies'>;
  readonly logger: Pick<Logger, 'warn'>;
}

/** Tenants whose redactors are kept; the one kept longest goes first. */
const TENANTS_KEPT_MAX = 1000;

interface Kept {
  readonly revision: number;
  readonly redaction: CallRedaction;
}

/** @param options.forced `REDACTION_FORCED` */
export function createTenantRedactions(
  deps: TenantRedactionsDeps,
  options: { readonly forced: boolean },
): TenantRedactions {
  const strictest = redactionBy({ policy: strictestTenantPolicy, from: 'kept-unreadable' });
  const byDefault = redactionBy(policyInForce({ type: 'none' }, options));
  const kept = new Map<string, Kept>();

  const redactionOf = (tenantId: string, state: KeptState & { readonly revision?: number }) => {
    if (state.type === 'none') return byDefault;
    const revision = state.revision ?? 0;
    const known = kept.get(tenantId);
    if (known?.revision === revision && state.type === 'stored') return known.redaction;
    const inForce = policyInForce(state, options);
    if (inForce.from === 'kept-unreadable') {
      tellStrictest(deps, 'settings-unreadable', { revision });
      return strictest;
    }
    const redaction = redactionBy(inForce);
    kept.delete(tenantId);
    kept.set(tenantId, { revision, redaction });
    const [oldest] = kept.keys();
    if (kept.size > TENANTS_KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    return redaction;
  };

  return {
    async open(tenantId) {
      try {
        return redactionOf(tenantId, await deps.redactionSettings.get(tenantId));
      } catch (error) {
        tellStrictest(deps, 'settings-unavailable', { error });
        return strictest;
      }
    },
  };
}

function redactionBy({ policy }: PolicyInForce): CallRedaction {
  return {
    finals: createRedactor(toRedactionPolicy(policy)),
    partials: createPartialRedactor(toRedactionPolicy(policy)),
  };
}

function tellStrictest(
  { metrics, logger }: TenantRedactionsDeps,
  reason: 'settings-unreadable' | 'settings-unavailable',
  fields: Readonly<Record<string, unknown>>,
): void {
  metrics.strictestPolicies.add(1, { reason });
  logger.warn('redaction.strictest', { reason, ...fields });
}
