import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { OperationalEvent } from '../../stores/operational-events.ts';
import { newAccount, newEndpoint, T0, useStorage } from '../../testing/fixture.ts';

const fixture = useStorage();
const events = () => fixture.storage.operationalEvents;

async function newEvent(change: Partial<OperationalEvent> = {}): Promise<OperationalEvent> {
  const account = await newAccount(fixture);
  return {
    ...account,
    eventId: `evt_${randomUUID()}`,
    type: 'endpoint.disabled',
    endpointId: 'endpoint-1',
    data: { reason: 'The target answered 410' },
    occurredAtMs: T0,
    ...change,
  };
}

describe('OperationalEventStore.add', () => {
  it('stores an event once, however often it is told', async () => {
    const event = await newEvent();
    expect(await events().add(event)).toBe(true);
    expect(await events().add({ ...event, data: {} })).toBe(false);
    const { tenantId, appId } = event;
    expect(await events().list({ tenantId, appId, limit: 10 })).toEqual({
      items: [event],
      nextCursor: undefined,
    });
  });

  it('has it told to enabled endpoints of the app that want it', async () => {
    const event = await newEvent();
    const wanting = await newEndpoint(fixture.storage, event, { operationalEvents: true });
    await newEndpoint(fixture.storage, event, { operationalEvents: true, enabled: false });
    await newEndpoint(fixture.storage, event);
    await events().add(event);
    const notices = await events().takeDueNotices({ nowMs: T0, leaseUntilMs: T0 + 1000, limit: 100 });
    const mine = notices.filter((notice) => notice.event.tenantId === event.tenantId);
    expect(mine).toEqual([{ event, endpointId: wanting, attempt: 1 }]);
  });
});

describe('OperationalEventStore.list', () => {
  it('pages from the newest on and filters', async () => {
    const event = await newEvent();
    const { tenantId, appId } = event;
    const add = (eventId: string, change: Partial<OperationalEvent> = {}) =>
      events().add({ ...event, ...change, eventId });
    await add('1');
    await add('2', { type: 'delivery.dead' });
    await add('3', { endpointId: 'endpoint-2' });
    const ids = async (change: object) =>
      (await events().list({ tenantId, appId, limit: 10, ...change })).items.map(({ eventId }) => eventId);
    expect(await ids({})).toEqual(['3', '2', '1']);
    expect(await ids({ type: 'delivery.dead' })).toEqual(['2']);
    expect(await ids({ endpointId: 'endpoint-2' })).toEqual(['3']);
    expect(await ids({ tenantId: 'other' })).toEqual([]);
    const { nextCursor = '' } = await events().list({ tenantId, appId, limit: 2 });
    expect(await ids({ cursor: nextCursor })).toEqual(['1']);
  });

  it('refuses a cursor that is not one of ours', async () => {
    const asked = events().list({ tenantId: 't', appId: 'a', cursor: 'x', limit: 1 });
    await expect(asked).rejects.toMatchObject({
      code: 'storage.cursor-invalid',
      publicMessage: '/cursor must be the nextCursor of an earlier page',
    });
  });
});

describe('OperationalEventStore.takeDueNotices', () => {
  it('gives a notice to one taker until its lease ends or its result comes', async () => {
    const event = await newEvent();
    const endpointId = await newEndpoint(fixture.storage, event, { operationalEvents: true });
    await events().add(event);
    const take = async (nowMs: number) =>
      (await events().takeDueNotices({ nowMs, leaseUntilMs: nowMs + 1000, limit: 100 }))
        .filter((notice) => notice.event.tenantId === event.tenantId)
        .map(({ attempt }) => attempt);
    const result = { ...event, endpointId, status: 503, errorCode: 'webhook.status' };
    expect(await take(T0)).toEqual([1]);
    expect(await take(T0 + 999)).toEqual([]);
    expect(await take(T0 + 1000)).toEqual([2]);
    await events().recordNotice({ ...result, state: 'retry', nextAttemptAtMs: T0 + 9000 });
    expect(await take(T0 + 8999)).toEqual([]);
    expect(await take(T0 + 9000)).toEqual([3]);
    await events().recordNotice({ ...result, state: 'dead', nextAttemptAtMs: undefined });
    expect(await take(T0 + 99_000)).toEqual([]);
  });

  it('lets those of a paused endpoint wait', async () => {
    const event = await newEvent();
    const endpointId = await newEndpoint(fixture.storage, event, { operationalEvents: true });
    await events().add(event);
    await fixture.storage.endpoints.setPaused({
      tenantId: event.tenantId,
      endpointId,
      paused: true,
      atMs: T0,
    });
    const notices = await events().takeDueNotices({ nowMs: T0, leaseUntilMs: T0 + 1, limit: 100 });
    expect(notices.filter((notice) => notice.event.tenantId === event.tenantId)).toEqual([]);
  });
});

describe('OperationalEventStore.listCertificateHolders', () => {
  it('pages over enabled endpoints with certificates', async () => {
    const account = await newAccount(fixture);
    const ca = { type: 'ca', certificates: 'PEM' } as const;
    const mtls = { type: 'mtls', certificate: 'PEM' } as const;
    const one = await newEndpoint(fixture.storage, account, { auth: [ca] });
    const two = await newEndpoint(fixture.storage, account, { auth: [mtls, ca] });
    await newEndpoint(fixture.storage, account, { auth: [ca], enabled: false });
    await newEndpoint(fixture.storage, account, { auth: [] });
    const found: string[] = [];
    let after: { tenantId: string; endpointId: string } | undefined;
    for (;;) {
      const page = await events().listCertificateHolders({ limit: 1, ...(after && { after }) });
      after = page.at(-1);
      if (after === undefined) break;
      found.push(...page.map(({ endpointId }) => endpointId));
    }
    expect(found.toSorted()).toEqual([one, two].toSorted());
  });
});

describe('OperationalEventStore.forget', () => {
  it('forgets what is older, in bites', async () => {
    const event = await newEvent();
    await events().add({ ...event, occurredAtMs: T0 - 5000 });
    await events().add({ ...event, eventId: 'new' });
    expect(await events().forget({ occurredBeforeMs: T0 - 4000, limit: 10 })).toBe(1);
    const { tenantId, appId } = event;
    expect((await events().list({ tenantId, appId, limit: 9 })).items).toHaveLength(1);
  });
});
