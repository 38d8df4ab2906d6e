import type { OperationalEvent } from '@earshot/storage';
import { sampleEndpoint } from '@earshot/storage/testing';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { createEventReporter, type EventReporter } from './event-reporter.ts';

const T0 = Date.UTC(2026, 10, 23, 12);
const AT = '2026-11-23T12:00:00.000Z';

function setUp(add?: (event: OperationalEvent) => Promise<boolean>) {
  const stored = new Map<string, OperationalEvent>();
  const lines: string[] = [];
  const store = async (event: OperationalEvent): Promise<boolean> => {
    if (stored.has(event.eventId)) return false;
    stored.set(event.eventId, event);
    return true;
  };
  const reporter = createEventReporter({
    events: { add: add ?? store },
    logger: createLogger({ app: 'publisher', level: 'debug', write: (line) => void lines.push(line) }),
  });
  return { reporter, stored, lines };
}

const about = { endpoint: sampleEndpoint() };
const deadLetter = { ...about, deliveryId: '7', attempts: 11, status: 503, errorCode: 'webhook.status' };

const cases: readonly {
  given: string;
  tell: (reporter: EventReporter, atMs: number) => Promise<void>;
  data: object;
}[] = [
  {
    given: 'endpoint.disabled',
    tell: (to, atMs) => to.endpointDisabled({ ...about, reason: 'The target answered 410', atMs }),
    data: { reason: 'The target answered 410' },
  },
  {
    given: 'endpoint.circuit-opened',
    tell: (to, atMs) => to.circuitOpened({ ...about, openedAtMs: atMs, nextProbeAtMs: atMs + 30_000 }),
    data: { openedAt: AT, nextProbeAt: '2026-11-23T12:00:30.000Z' },
  },
  {
    given: 'endpoint.circuit-closed',
    tell: (to, atMs) => to.circuitClosed({ ...about, openedAtMs: atMs, atMs }),
    data: { openedAt: AT },
  },
  {
    given: 'delivery.dead',
    tell: (to, atMs) => to.deadLetter({ ...deadLetter, atMs }),
    data: {
      deliveryId: '7',
      attempts: 11,
      lastStatus: 503,
      lastError: 'Cannot deliver message: the target did not answer 2xx (status 503)',
    },
  },
];

describe('createEventReporter', () => {
  it.each(cases)('stores $given once, whoever tells it', async ({ given, tell, data }) => {
    const { reporter, stored } = setUp();
    await tell(reporter, T0);
    await tell(reporter, T0);
    expect([...stored.values()]).toEqual([
      {
        tenantId: 'tenant-1',
        appId: 'app-1',
        eventId: expect.stringMatching(/^evt_[\w-]{27}$/),
        type: given,
        endpointId: about.endpoint.endpointId,
        data: { endpointId: about.endpoint.endpointId, name: 'agent assist', ...data },
        occurredAtMs: T0,
      },
    ]);
    await tell(reporter, T0 + 60_000);
    expect(stored.size).toBe(2);
  });

  it('tells of dead letters once a minute per endpoint', async () => {
    const { reporter, stored } = setUp();
    await reporter.deadLetter({ ...deadLetter, atMs: T0 });
    await reporter.deadLetter({ ...deadLetter, deliveryId: '8', atMs: T0 + 59_999 });
    expect(stored.size).toBe(1);
    const other = sampleEndpoint({ endpointId: '00000000-9f0e-4a57-b3f5-0f5b3a1c9c11' });
    await reporter.deadLetter({ ...deadLetter, endpoint: other, atMs: T0 });
    expect(stored.size).toBe(2);
  });

  it('logs what cannot be stored, and delivery goes on', async () => {
    const { reporter, lines } = setUp(async () => {
      throw new Error('no store');
    });
    await reporter.endpointDisabled({ ...about, reason: 'gone', atMs: T0 });
    expect(lines.join('')).toContain('endpoint.event-not-stored');
  });
});
