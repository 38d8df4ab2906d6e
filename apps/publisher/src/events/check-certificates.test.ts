import { createTestAuthority } from '@earshot/auth/testing';
import type { Endpoint, OperationalEvent } from '@earshot/storage';
import { sampleEndpoint } from '@earshot/storage/testing';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { checkCertificates } from './check-certificates.ts';

const DAY_MS = 86_400_000;
const ENDS_AT_MS = Date.UTC(2027, 0, 1);

function setUp(endpoints: readonly Endpoint[]) {
  const stored = new Map<string, OperationalEvent>();
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const deps = {
    events: {
      add: async (event: OperationalEvent) => {
        const isNew = !stored.has(event.eventId);
        if (isNew) stored.set(event.eventId, event);
        return isNew;
      },
      listCertificateHolders: async ({ after }: { after?: { endpointId: string } }) => {
        const next =
          after === undefined ? 0 : endpoints.findIndex((one) => one.endpointId === after.endpointId) + 1;
        return endpoints.slice(next, next + 1);
      },
      forget: async () => 0,
    },
    clock,
    logger: createLogger({ app: 'publisher', level: 'silent' }),
  };
  const checkAt = async (daysBefore: number) => {
    clock.nowMs = ENDS_AT_MS - daysBefore * DAY_MS;
    return await checkCertificates(deps);
  };
  return { stored, checkAt };
}

describe('checkCertificates', () => {
  it('tells 30, 7 and 1 days before the end, each once', async () => {
    const { pem: certificate } = await createTestAuthority({
      notBeforeMs: ENDS_AT_MS - 400 * DAY_MS,
      notAfterMs: ENDS_AT_MS,
    });
    const { stored, checkAt } = setUp([sampleEndpoint({ auth: [{ type: 'mtls', certificate }] })]);
    const told: Record<number, number> = {};
    for (const days of [31, 29.5, 29, 8, 6.5, 6, 1.5, 0.5, 0.25]) told[days] = await checkAt(days);
    expect(told).toEqual({ 31: 0, 29.5: 1, 29: 0, 8: 0, 6.5: 1, 6: 0, 1.5: 0, 0.5: 1, 0.25: 0 });
    expect([...stored.values()].map(({ type, data }) => [type, data['daysLeft'], data['strategy']])).toEqual([
      ['endpoint.certificate-expiring', 29, 'mtls'],
      ['endpoint.certificate-expiring', 6, 'mtls'],
      ['endpoint.certificate-expiring', 0, 'mtls'],
    ]);
  });

  it('looks at every certificate of every endpoint, and passes over what it cannot read', async () => {
    const fields = { notBeforeMs: ENDS_AT_MS - 400 * DAY_MS, notAfterMs: ENDS_AT_MS };
    const [one, two] = [await createTestAuthority(fields), await createTestAuthority(fields)];
    const { stored, checkAt } = setUp([
      sampleEndpoint({ endpointId: 'a', auth: [{ type: 'mtls', certificate: 'nonsense' }] }),
      sampleEndpoint({ endpointId: 'b', auth: [{ type: 'ca', certificates: one.pem + two.pem }] }),
    ]);
    expect(await checkAt(5)).toBe(2);
    expect([...stored.values()].map(({ endpointId }) => endpointId)).toEqual(['b', 'b']);
  });
});
