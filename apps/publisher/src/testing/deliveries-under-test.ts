import { withCheckedAnswers } from '@earshot/api/testing';
import { createEgressPolicy, type Scope } from '@earshot/auth';
import { AppError } from '@earshot/domain';
import { fakeKey } from '@earshot/http/testing';
import type {
  DeliveryRecord,
  DeliveryWithAttempts,
  Endpoint,
  LaneStore,
  OperationalEvent,
  OperationalEventStore,
  ReplayBatchInput,
  RetryDeliveryOutcome,
} from '@earshot/storage';
import { SAMPLE_ENDPOINT_ID } from '@earshot/storage/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { createPublisherApp } from '../app.ts';

export const PATH = '/earshot/v1/deliveries';

export function record(change: Partial<DeliveryRecord> = {}): DeliveryRecord {
  return {
    deliveryId: '1042',
    endpointId: SAMPLE_ENDPOINT_ID,
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
  readonly detail?: DeliveryWithAttempts;
  readonly retried?: RetryDeliveryOutcome;
  readonly endpoint?: Endpoint;
  /** How many deliveries there are to replay. Default 0. */
  readonly undeliveredCount?: number;
  readonly events?: readonly OperationalEvent[];
}

/** The publisher's routes over a list of deliveries; cursors of the store are digits. */
export function deliveriesUnderTest(settings: DeliveriesSettings = {}) {
  const key = fakeKey(...(settings.scopes ?? ['webhooks:admin']));
  const asked: Parameters<LaneStore['listDeliveries']>[0][] = [];
  const askedEvents: Parameters<OperationalEventStore['list']>[0][] = [];
  const batches: ReplayBatchInput[] = [];
  const woken: string[] = [];
  const app = withCheckedAnswers(
    createPublisherApp({
      logger: createLogger({ app: 'publisher', level: 'silent' }),
      metrics: createMetrics('publisher'),
      clock: { now: () => 0 },
      keys: key.lookup,
      rateLimit: { requestsPerSecond: settings.requestsPerSecond ?? 1000 },
      checkReady: async () => {},
      lanes: {
        async listDeliveries(input) {
          asked.push(input);
          failOrRefuse(settings.listFails, input.cursor);
          return { items: settings.items ?? [], nextCursor: settings.nextCursor };
        },
      },
      replays: {
        async get(tenantId, deliveryId) {
          failOrRefuse(settings.listFails, undefined);
          const { detail } = settings;
          return tenantId === 'tenant-1' && deliveryId === detail?.deliveryId ? detail : undefined;
        },
        async retry() {
          failOrRefuse(settings.listFails, undefined);
          return settings.retried ?? { type: 'unknown' };
        },
        async replayBatch(input) {
          failOrRefuse(settings.listFails, undefined);
          batches.push(input);
          const before = Number(input.afterDeliveryId ?? 0);
          const count = Math.min(input.limit, (settings.undeliveredCount ?? 0) - before);
          const { tenantId, endpointId } = input;
          const lanes = count === 0 ? [] : [{ tenantId, endpointId, conversationId: 'conversation-1' }];
          return { count, lastDeliveryId: count === 0 ? undefined : String(before + count), lanes };
        },
      },
      endpoints: {
        async get(tenantId, endpointId) {
          failOrRefuse(settings.listFails, undefined);
          const { endpoint } = settings;
          return endpoint?.tenantId === tenantId && endpoint.endpointId === endpointId ? endpoint : undefined;
        },
      },
      events: {
        async list(input) {
          askedEvents.push(input);
          failOrRefuse(settings.listFails, input.cursor);
          return { items: settings.events ?? [], nextCursor: settings.nextCursor };
        },
      },
      waking: {
        laneJobs: { add: async ({ conversationId }) => void woken.push(`job ${conversationId}`) },
        notifications: {
          wakeLanes: (lanes) => woken.push(...lanes.map(({ conversationId }) => `told ${conversationId}`)),
        },
      },
      endpointTest: {
        endpoints: { getSecrets: async () => [] },
        openSecret: async () => '',
        egress: createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] }),
        userAgent: 'Earshot/test',
        clock: { now: () => 0 },
      },
    }),
  );
  const get = async (query = '', headers: Record<string, string> = {}) =>
    await app.request(`${PATH}${query}`, { headers: { ...key.headers, ...headers } });
  /** Any other path under `/earshot/v1`. */
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    await app.request(`/earshot/v1${path}`, {
      method,
      headers: { ...key.headers, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { app, asked, askedEvents, batches, woken, get, ask };
}

function failOrRefuse(failure: Error | undefined, cursor: string | undefined): void {
  if (failure !== undefined) throw failure;
  if (cursor !== undefined && !/^\d+$/.test(cursor)) {
    throw new AppError('storage.cursor-invalid', 'Cannot list', { retryable: false });
  }
}

export function detail(change: Partial<DeliveryWithAttempts> = {}): DeliveryWithAttempts {
  return { ...record(), nextAttemptAtMs: undefined, replayedAtMs: undefined, attemptList: [], ...change };
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
