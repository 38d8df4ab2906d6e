import type { Clock } from '@earshot/domain';
import type { Endpoint, LaneStore } from '@earshot/storage';

/** Keeps what waits for an endpoint within its `pendingMax` and `pendingAgeMaxMs`, oldest first (realtime policy). */
export interface ExcessTrimmer {
  /**
   * Drops what is too much, at most once per interval and endpoint. The answer changes whenever something was
   * dropped: rows read before under another answer may be among them and have to be read again.
   */
  trim(endpoint: Endpoint): Promise<number>;
}

interface Trimmed {
  epoch: number;
  atMs: number;
  running: Promise<void> | undefined;
}

const ENDPOINT_COUNT_MAX = 10_000;

export interface ExcessTrimmerOptions {
  readonly lanes: Pick<LaneStore, 'dropExcess'>;
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly onDropped: (endpoint: Endpoint, count: number) => void;
}

export function createExcessTrimmer(options: ExcessTrimmerOptions): ExcessTrimmer {
  const { lanes, clock, intervalMs, onDropped } = options;
  const byEndpoint = new Map<string, Trimmed>();

  const drop = async (endpoint: Endpoint, trimmed: Trimmed): Promise<void> => {
    const atMs = clock.now();
    const { tenantId, endpointId, pendingMax, pendingAgeMaxMs } = endpoint;
    const createdBeforeMs = atMs - pendingAgeMaxMs;
    const count = await lanes.dropExcess({ tenantId, endpointId, pendingMax, createdBeforeMs, atMs });
    trimmed.atMs = atMs;
    if (count === 0) return;
    trimmed.epoch += 1;
    onDropped(endpoint, count);
  };

  return {
    async trim(endpoint) {
      const trimmed = recall(byEndpoint, endpoint.endpointId);
      if (trimmed.running === undefined && clock.now() - trimmed.atMs >= intervalMs) {
        trimmed.running = drop(endpoint, trimmed).finally(() => (trimmed.running = undefined));
      }
      await trimmed.running;
      return trimmed.epoch;
    },
  };
}

function recall(byEndpoint: Map<string, Trimmed>, endpointId: string): Trimmed {
  const known = byEndpoint.get(endpointId);
  byEndpoint.delete(endpointId);
  const trimmed = known ?? { epoch: 0, atMs: Number.NEGATIVE_INFINITY, running: undefined };
  byEndpoint.set(endpointId, trimmed);
  const [oldest] = byEndpoint.keys();
  if (byEndpoint.size > ENDPOINT_COUNT_MAX && oldest !== undefined) byEndpoint.delete(oldest);
  return trimmed;
}
