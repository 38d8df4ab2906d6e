import { createEgressPolicy } from '@earshot/auth';
import type { Endpoint } from '@earshot/storage';
import { sampleEndpoint } from '@earshot/storage/testing';
import { describe, expect, it } from 'vitest';
import { createEndpointDirectory, type EndpointVisit } from './endpoint-directory.ts';

const open = new AbortController().signal;

function endpointOf(endpointId: string, change: Partial<Endpoint> = {}): Endpoint {
  return sampleEndpoint({
    endpointId,
    policy: 'realtime',
    auth: [{ type: 'secret', name: 'x-token', in: 'header' }],
    ...change,
  });
}

function setUp(slotCountMax = 10) {
  const endpoints = new Map([['e', endpointOf('e')]]);
  const reads: string[] = [];
  const opened: string[] = [];
  let nowMs = 0;
  const directory = createEndpointDirectory({
    endpoints: {
      async get(_tenantId, endpointId) {
        reads.push(endpointId);
        return endpoints.get(endpointId);
      },
      getSecrets: async () => [{ kind: 'auth-secret', sealed: Buffer.from('sealed') }],
    },
    async openSecret(_tenantId, recordId, sealed) {
      opened.push(recordId);
      return `opened ${Buffer.from(sealed).toString()}`;
    },
    egress: createEgressPolicy(),
    inFlightMax: 2,
    slotCountMax,
    clock: { now: () => nowMs },
  });
  const enter = async (endpointId = 'e'): Promise<EndpointVisit> => {
    const entered = await directory.enter('t', endpointId, open);
    if (entered.type !== 'entered') throw new Error(entered.type);
    return entered.visit;
  };
  return { directory, endpoints, reads, opened, enter, pass: (ms: number) => void (nowMs += ms) };
}

describe('createEndpointDirectory', () => {
  it('reads an endpoint once for all who come within the refresh time', async () => {
    const { enter, reads, pass } = setUp();
    const visits = await Promise.all([enter(), enter()]);
    for (const visit of visits) visit.leave();
    pass(1999);
    (await enter()).leave();
    expect(reads).toEqual(['e']);
  });

  it('sees a change after the refresh time and keeps the sockets of an endpoint that did not change', async () => {
    const { enter, endpoints, pass } = setUp();
    const before = await enter();
    before.leave();
    pass(2000);
    const same = await enter();
    same.leave();
    expect(same.entry).toBe(before.entry);
    endpoints.set('e', endpointOf('e', { url: 'https://example.org/', updatedAtMs: 5 }));
    pass(2000);
    const after = await enter();
    after.leave();
    expect(after.entry.url.href).toBe('https://example.org/');
  });

  it('keeps the sockets of an endpoint that changed until the last visit is left', async () => {
    const { enter, endpoints, pass, directory } = setUp();
    const visit = await enter();
    let destroyed = false;
    visit.entry.dispatcher.once('disconnect', () => (destroyed = true));
    endpoints.set('e', endpointOf('e', { updatedAtMs: 5 }));
    pass(2000);
    (await enter()).leave();
    const closed = directory.close();
    expect(destroyed).toBe(false);
    expect(await Promise.race([closed.then(() => 'closed'), Promise.resolve('open')])).toBe('open');
    visit.leave();
    await closed;
  });

  it('answers unknown for an endpoint that is gone', async () => {
    const { directory, endpoints, enter, pass } = setUp();
    (await enter()).leave();
    endpoints.clear();
    pass(2000);
    expect(await directory.enter('t', 'e', open)).toEqual({ type: 'unknown' });
  });

  it('opens a secret at its first use, once, for the record it was sealed for', async () => {
    const { enter, opened } = setUp();
    const { entry, leave } = await enter();
    expect(opened).toEqual([]);
    const request = { url: entry.url, headers: {}, body: '{}', webhookId: 'msg_1', timestampSeconds: 0 };
    for (let use = 0; use < 2; use += 1) {
      expect((await entry.auth.apply(request)).headers).toEqual({ 'x-token': 'opened sealed' });
    }
    expect(opened).toEqual(['endpoint:e:auth-secret']);
    leave();
  });

  it('lets nobody in beyond the limit and tells that others wait', async () => {
    const { enter, directory } = setUp();
    const [first] = await Promise.all([enter(), enter()]);
    const stop = new AbortController();
    const third = directory.enter('t', 'e', stop.signal);
    stop.abort();
    expect(await third).toEqual({ type: 'aborted' });
    const fourth = enter();
    const fifth = directory.enter('t', 'e', stop.signal);
    expect(await fifth).toEqual({ type: 'aborted' });
    first?.leave();
    expect((await fourth).crowded).toBe(false);
  });

  it('forgets the endpoint that was longest unused beyond its limit', async () => {
    const { enter, endpoints, reads } = setUp(2);
    for (const id of ['f', 'g']) endpoints.set(id, endpointOf(id));
    for (const id of ['e', 'f', 'g', 'f', 'e']) (await enter(id)).leave();
    expect(reads).toEqual(['e', 'f', 'g', 'e']);
  });

  it('gives the place back when the store fails', async () => {
    const { directory, endpoints, enter } = setUp();
    const get = endpoints.get.bind(endpoints);
    endpoints.get = () => {
      throw new Error('away');
    };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(directory.enter('t', 'e', open)).rejects.toThrow('away');
    }
    endpoints.get = get;
    expect((await enter()).entry.endpoint.endpointId).toBe('e');
  });

  it('lets as many in as the endpoint says of itself', async () => {
    const { enter, endpoints } = setUp();
    endpoints.set('e', endpointOf('e', { inFlightMax: 3 }));
    const visits = [await enter(), await enter(), await enter()];
    const fourth = enter();
    expect(visits.map(({ crowded }) => crowded)).toEqual([false, false, false]);
    visits[0]?.leave();
    visits[0]?.leave();
    (await fourth).leave();
  });

  it('reads an endpoint anew when it is told of a change', async () => {
    const { directory, enter, reads } = setUp();
    (await enter()).leave();
    directory.recheck('t', 'e');
    directory.recheck('t', 'unknown');
    (await enter()).leave();
    expect(reads).toEqual(['e', 'e']);
  });

  it('has a visit wait for its turn by the rate of the endpoint, and lets it give up', async () => {
    const { enter, endpoints } = setUp();
    endpoints.set('e', endpointOf('e', { ratePerSecondMax: 1 }));
    const visit = await enter();
    expect(await visit.takeTurn(open)).toBe(true);
    const stop = new AbortController();
    const second = visit.takeTurn(stop.signal);
    stop.abort();
    expect(await second).toBe(false);
    visit.leave();
  });
});
