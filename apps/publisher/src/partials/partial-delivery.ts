import type { Clock } from '@earshot/domain';
import type { LiveBus, LiveEvent, LivePartial, LiveWatch } from '@earshot/queues';
import type { PartialsClaim, PartialsClaims } from '@earshot/storage';
import type { Logger } from '@earshot/telemetry';
import { createRenewals } from '../renewals.ts';
import type { CallApps } from './call-apps.ts';
import type { FinishedSpeech } from './finished-speech.ts';
import type { PartialSender } from './partial-sender.ts';

export interface PartialDeliveryDeps {
  readonly claims: PartialsClaims;
  readonly bus: Pick<LiveBus, 'watch'>;
  readonly apps: CallApps;
  readonly sender: PartialSender;
  readonly finished: FinishedSpeech;
  /** Name of this process among those that claim endpoints. */
  readonly holder: string;
  /** How long endpoints stay with a process that died. Default 6000 ms; renewed at a third of it. */
  readonly holdMs?: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface PartialDelivery {
  /** Claims endpoints now rather than at the next renewal; for the start and for tests. */
  refresh(): Promise<void>;
  /** Gives its endpoints to others and breaks off what is under way. */
  close(): Promise<void>;
}

const HOLD_MS = 6000;
const ENDPOINT_COUNT_MAX = 1000;

interface Claimed {
  readonly endpoints: readonly PartialsClaim[];
  readonly untilMs: number;
}

/**
 * Sends partials to the endpoints that want them and that this process has claimed: it watches their tenants on the bus and
 * hands what it hears to the sender. Nothing here is stored, and nothing waits for it.
 */
export function startPartialDelivery(deps: PartialDeliveryDeps): PartialDelivery {
  const { claims, bus, apps, sender, finished, holder, clock, logger, holdMs = HOLD_MS } = deps;
  const watches = new Map<string, LiveWatch>();
  const lookups = new Set<Promise<void>>();
  let claimed: Claimed = { endpoints: [], untilMs: 0 };

  const offer = (partial: LivePartial, appId: string): void => {
    if (clock.now() >= claimed.untilMs) return;
    for (const endpoint of claimed.endpoints) {
      if (endpoint.tenantId !== partial.tenantId || endpoint.appId !== appId) continue;
      sender.offer(endpoint.endpointId, partial);
    }
  };
  const findApp = async (partial: LivePartial): Promise<void> => {
    try {
      const appId = await apps.find(partial.tenantId, partial.sessionId);
      if (appId !== undefined) offer(partial, appId);
    } catch (error) {
      logger.warn('partials.session-unknown', { sessionId: partial.sessionId, error });
    }
  };
  const hear = (event: LiveEvent): void => {
    if (event.type === 'committed') finished.note(event.streamId, event.startMs);
    if (event.type !== 'partial') return;
    const appId = apps.known(event.sessionId);
    if (appId !== undefined) return offer(event, appId);
    const lookup = findApp(event).finally(() => lookups.delete(lookup));
    lookups.add(lookup);
  };
  const watchTenants = async (): Promise<void> => {
    const wanted = new Set(claimed.endpoints.map(({ tenantId }) => tenantId));
    for (const [tenantId, watch] of watches) {
      if (wanted.has(tenantId)) continue;
      watches.delete(tenantId);
      await watch.close();
    }
    for (const tenantId of wanted) {
      if (!watches.has(tenantId)) watches.set(tenantId, await bus.watch({ tenantId, partials: true }, hear));
    }
  };
  const claimAndWatch = async (): Promise<void> => {
    try {
      const askedAtMs = clock.now();
      const endpoints = await claims.claim({ holder, holdMs, limit: ENDPOINT_COUNT_MAX });
      claimed = { endpoints, untilMs: askedAtMs + holdMs };
      await watchTenants();
    } catch (error) {
      logger.warn('partials.claim-failed', { error });
    }
  };
  let refreshing: Promise<void> = Promise.resolve();
  const refresh = (): Promise<void> => (refreshing = refreshing.then(claimAndWatch));
  const renewals = createRenewals(holdMs / 3, async () => {
    await refresh();
    return true;
  });
  renewals.start();

  return {
    refresh,
    async close() {
      await renewals.pause();
      await refreshing;
      claimed = { endpoints: [], untilMs: 0 };
      await Promise.all([...watches.values()].map((watch) => watch.close()));
      await Promise.all([sender.close(), ...lookups]);
      await claims.release(holder).catch((error: unknown) => {
        logger.warn('partials.release-failed', { error });
      });
    },
  };
}
