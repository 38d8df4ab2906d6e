import type { Metrics } from '@earshot/telemetry';

export type CloseReason = 'client' | 'over' | 'slow' | 'failed';

export interface LiveConnection {
  /** Fires when the follower is to be sent nothing more. */
  readonly signal: AbortSignal;
  /** Gives the place back; only the first reason counts. */
  close(reason: CloseReason): void;
}

/** The places for followers of a process. */
export interface LiveConnections {
  /** `undefined` when all places are taken, or the process is about to end. */
  open(): LiveConnection | undefined;
  /** Ends what every follower is sent; there are no places from then on. */
  close(): void;
}

export function createLiveConnections(connectionsMax: number, metrics: Metrics): LiveConnections {
  const open = new Set<AbortController>();
  const openCount = metrics.gauge({ name: 'earshot_live_connections', help: 'Followers of calls now' });
  const closedCount = metrics.counter({
    name: 'earshot_live_connections_closed_total',
    help: 'Followers of calls that left or were sent away, by reason',
    labels: ['reason'],
  });
  let draining = false;
  return {
    open() {
      if (draining || open.size >= connectionsMax) return undefined;
      const stop = new AbortController();
      open.add(stop);
      openCount.add(1);
      return {
        signal: stop.signal,
        close(reason) {
          if (!open.delete(stop)) return;
          openCount.add(-1);
          closedCount.add(1, { reason: draining ? 'draining' : reason });
          stop.abort();
        },
      };
    },
    close() {
      draining = true;
      for (const stop of open) stop.abort();
    },
  };
}
