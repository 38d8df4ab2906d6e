import type { Clock } from '@earshot/domain';
import { setTimeout as wait } from 'node:timers/promises';
import type { EndpointStore } from '@earshot/storage';
import {
  inFlightMaxOf,
  openEndpointEntry,
  type EndpointEntry,
  type EndpointEntryOptions,
} from './endpoint-entry.ts';
import { leaseEntry, type EntryLease } from './entry-lease.ts';
import { createInFlightLimit, type InFlightLimit } from './in-flight-limit.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** A place among the POSTs of an endpoint. */
export interface EndpointVisit {
  readonly entry: EndpointEntry;
  /** Others wait for a place at the same endpoint. */
  readonly crowded: boolean;
  /** Waits until the endpoint's rate lets one more POST through; `false` when the signal fires first. */
  takeTurn(signal: AbortSignal): Promise<boolean>;
  /** Gives the place back; does nothing the second time. */
  leave(): void;
}

export type EnterOutcome =
  | { readonly type: 'entered'; readonly visit: EndpointVisit }
  | { readonly type: 'unknown' }
  | { readonly type: 'aborted' };

export interface EndpointDirectory {
  /**
   * Waits for a place at the endpoint and answers it as it is now or was at most `refreshMs` ago. Its sockets stay
   * open until the visit is left, whatever changes meanwhile.
   */
  enter(tenantId: string, endpointId: string, signal: AbortSignal): Promise<EnterOutcome>;
  /** Reads the endpoint anew at the next visit: it was changed. */
  recheck(tenantId: string, endpointId: string): void;
  /** Resolves when every visit is left and every socket closed. */
  close(): Promise<void>;
}

export interface EndpointDirectoryOptions extends EndpointEntryOptions {
  readonly endpoints: Pick<EndpointStore, 'get' | 'getSecrets'>;
  readonly clock: Clock;
  /** Default 2000 ms. */
  readonly refreshMs?: number;
  /** Most endpoints kept with their sockets and opened secrets; beyond it the longest unused goes. Default 1000. */
  readonly slotCountMax?: number;
}

interface Slot {
  readonly inFlight: InFlightLimit;
  readonly rate: RateLimit;
  lease: EntryLease | undefined;
  checkedAtMs: number;
  refresh: Promise<void> | undefined;
}

export function createEndpointDirectory(options: EndpointDirectoryOptions): EndpointDirectory {
  const { clock, refreshMs = 2000, slotCountMax = 1000 } = options;
  const slots = new Map<string, Slot>();
  const closing = new Set<Promise<void>>();

  const retire = (lease: EntryLease | undefined): void => {
    if (lease === undefined) return;
    const closed = lease.retire().finally(() => closing.delete(closed));
    closing.add(closed);
  };
  const refresh = async (slot: Slot, tenantId: string, endpointId: string): Promise<void> => {
    const askedAtMs = clock.now();
    const endpoint = await options.endpoints.get(tenantId, endpointId);
    if (endpoint === undefined || endpoint.updatedAtMs !== slot.lease?.entry.endpoint.updatedAtMs) {
      const entry = endpoint && (await openEndpointEntry(options, endpoint));
      retire(slot.lease);
      slot.lease = entry && leaseEntry(entry);
      slot.inFlight.setMax(inFlightMaxOf(options, endpoint));
    }
    slot.checkedAtMs = askedAtMs;
  };

  return {
    async enter(tenantId, endpointId, signal) {
      const slot = recallSlot(slots, slotKey(tenantId, endpointId), options.inFlightMax);
      evictUnused(slots, slotCountMax, retire);
      const leavePlace = await slot.inFlight.enter(signal);
      if (leavePlace === undefined) return { type: 'aborted' };
      try {
        if (clock.now() - slot.checkedAtMs >= refreshMs) {
          slot.refresh ??= refresh(slot, tenantId, endpointId).finally(() => (slot.refresh = undefined));
          await slot.refresh;
        }
      } catch (error) {
        leavePlace();
        throw error;
      }
      const { lease } = slot;
      if (lease === undefined) {
        leavePlace();
        return { type: 'unknown' };
      }
      return { type: 'entered', visit: visitOf(slot, lease, leavePlace) };
    },
    recheck(tenantId, endpointId) {
      const slot = slots.get(slotKey(tenantId, endpointId));
      if (slot !== undefined) slot.checkedAtMs = Number.NEGATIVE_INFINITY;
    },
    async close() {
      for (const { lease } of slots.values()) retire(lease);
      slots.clear();
      await Promise.all(closing);
    },
  };
}

function visitOf(slot: Slot, lease: EntryLease, leavePlace: () => void): EndpointVisit {
  const { entry } = lease;
  const leaveEntry = lease.use();
  let left = false;
  return {
    entry,
    crowded: slot.inFlight.waitingCount > 0,
    async takeTurn(signal) {
      const waitMs = slot.rate.take(entry.endpoint.ratePerSecondMax, performance.now());
      return waitMs === 0 || (await waitFor(waitMs, signal));
    },
    leave() {
      if (left) return;
      left = true;
      leaveEntry();
      leavePlace();
    },
  };
}

function slotKey(tenantId: string, endpointId: string): string {
  return JSON.stringify([tenantId, endpointId]);
}

async function waitFor(waitMs: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(waitMs, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/** Taken out and put back, so that the first slot of the map is the one longest unused. */
function recallSlot(slots: Map<string, Slot>, key: string, inFlightMax: number): Slot {
  const slot: Slot = slots.get(key) ?? {
    inFlight: createInFlightLimit(inFlightMax),
    rate: createRateLimit(),
    lease: undefined,
    checkedAtMs: Number.NEGATIVE_INFINITY,
    refresh: undefined,
  };
  slots.delete(key);
  slots.set(key, slot);
  return slot;
}

function evictUnused(
  slots: Map<string, Slot>,
  slotCountMax: number,
  retire: (lease: EntryLease | undefined) => void,
): void {
  for (const [key, { inFlight, lease }] of slots) {
    if (slots.size <= slotCountMax) return;
    if (inFlight.inFlightCount > 0 || inFlight.waitingCount > 0) continue;
    slots.delete(key);
    retire(lease);
  }
}
