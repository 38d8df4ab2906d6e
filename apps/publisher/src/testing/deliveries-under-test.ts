import type { Scope } from '@earshot/auth';
import { AppError } from '@earshot/domain';
import { fakeKey } from '@earshot/http/testing';
import type { DeliveryRecord, LaneStore } from '@earshot/storage';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createPublisherApp } from '../app.ts';

export const PATH = '/earshot/v1/deliveries';

export function record(change: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    deliveryId: '1042',
    endpointId: '3f0d8f4c-9f0e-4a57-b3f5-0f5b3a1c9c11',
    guid: '8c259fea-8764-4a92-adc4-73572e9cf016',
    sequence: 2,
    messageId: '01GMXE90AEV7H3J4DPBDKB1R79',
    state: 'delivered',
    attempts: 1,
    lastStatus: 200,
    lastError: undefined,
    createdAtMs: Date.UTC(2026, 10, 23, 12),
    deliveredAtMs: Date.UTC(2026, 10, 23, 12, 0, 1),
    ...change,
  };
}

export interface DeliveriesSettings {
  readonly scopes?: readonly Scope[];
  readonly items?: readonly DeliveryRecord[];
  readonly nextCursor?: string;
  readonly requestsPerSecond?: number;
  readonly listFails?: Error;
}

/** The publisher's routes over a list of deliveries; cursors of the store are digits. */
export function deliveriesUnderTest(settings: DeliveriesSettings = {}) {
  const key = fakeKey(...(settings.scopes ?? ['webhooks:admin']));
  const asked: Parameters<LaneStore['listDeliveries']>[0][] = [];
  const app = createPublisherApp({
    logger: createLogger({ app: 'publisher', level: 'silent' }),
    metrics: createMetrics('publisher'),
    clock: { now: () => 0 },
    keys: key.lookup,
    rateLimit: { requestsPerSecond: settings.requestsPerSecond ?? 1000 },
    checkReady: async () => {},
    lanes: {
      async listDeliveries(input) {
        asked.push(input);
        if (settings.listFails !== undefined) throw settings.listFails;
        if (input.cursor !== undefined && !/^\d+$/.test(input.cursor)) {
          throw new AppError('storage.cursor-invalid', 'Cannot list deliveries', { retryable: false });
        }
        return { items: settings.items ?? [], nextCursor: settings.nextCursor };
      },
    },
  });
  const get = async (query = '', headers: Record<string, string> = {}) =>
    await app.request(`${PATH}${query}`, { headers: { ...key.headers, ...headers } });
  return { app, asked, get };
}

export async function readProblem(
  response: Response,
): Promise<{ status: number; code: string; detail: string }> {
  const type = response.headers.get('content-type');
  if (type !== 'application/problem+json') throw new Error(`Cannot read problem: it is ${String(type)}`);
  const { status, code, detail } = (await response.json()) as {
    status: number;
    code: string;
    detail: string;
  };
  return { status, code, detail };
}
