import { answer, inTurn, accept, startHostileReceiver } from '@earshot/hostile-receivers';
import { createEgressPolicy } from '@earshot/auth';
import { createLogger } from '@earshot/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { createEndpointDirectory } from '../endpoint-directory.ts';
import { addEndpoint } from '../testing/call-writer.ts';
import { useStorage } from '../testing/use-storage.ts';
import { createEventReporter } from './event-reporter.ts';
import { sendNotices } from './send-notices.ts';

const fixture = useStorage();
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** An endpoint that is told of events, one that is disabled, and the sender of a publisher whose clock is set by hand. */
async function setUp(behave: Parameters<typeof startHostileReceiver>[0] = {}) {
  const { storage, account } = fixture;
  const target = await startHostileReceiver(behave);
  const told = await addEndpoint(storage, account, target.url, { operationalEvents: true });
  const concernedId = await addEndpoint(storage, account, 'https://hook.example/');
  const concerned = await storage.endpoints.get(account.tenantId, concernedId);
  if (concerned === undefined) throw new Error('Cannot read the endpoint of the test');
  const clock = { nowMs: Date.now(), now: () => clock.nowMs };
  const logger = createLogger({ app: 'publisher', level: 'silent' });
  const directory = createEndpointDirectory({
    endpoints: storage.endpoints,
    openSecret: async (_tenantId, _recordId, sealed) => Buffer.from(sealed).toString(),
    egress: createEgressPolicy({ allowCidrs: ['127.0.0.0/8'] }),
    inFlightMax: 10,
    clock,
  });
  const deps = { events: storage.operationalEvents, directory, userAgent: 'Earshot/test', clock, logger };
  cleanUps.push(
    () => target.close(),
    () => directory.close(),
  );
  const reporter = createEventReporter({ events: storage.operationalEvents, logger });
  return {
    target,
    told,
    clock,
    tell: () => reporter.endpointDisabled({ endpoint: concerned, reason: 'gone', atMs: clock.nowMs }),
    send: () => sendNotices(deps, new AbortController().signal),
  };
}

describe('sendNotices', () => {
  it('sends an event once to each endpoint that wants events', async () => {
    const { target, clock, tell, send } = await setUp();
    await tell();
    await tell();
    expect(await send()).toBe(1);
    clock.nowMs += 86_400_000;
    expect(await send()).toBe(0);
    expect(target.requests).toHaveLength(1);
    const [request] = target.requests;
    const body = JSON.parse(request?.body ?? '');
    expect(body).toMatchObject({ type: 'endpoint.disabled', data: { reason: 'gone', name: 'test' } });
    expect(request?.headers['webhook-id']).toBe(body.id);
    expect(request?.headers['earshot-sequence']).toBeUndefined();
  });

  it('tries again later with the same id, until it is taken', async () => {
    const { target, clock, tell, send } = await setUp({ behave: inTurn(answer(503), accept) });
    await tell();
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    clock.nowMs += 10_000;
    expect(await send()).toBe(1);
    clock.nowMs += 86_400_000;
    expect(await send()).toBe(0);
    const ids = target.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('gives up after the eighth attempt', async () => {
    const { target, clock, tell, send } = await setUp({ behave: answer(500) });
    await tell();
    for (let pass = 0; pass < 12; pass += 1) {
      await send();
      clock.nowMs += 86_400_000;
    }
    expect(target.requests).toHaveLength(8);
  });
});
