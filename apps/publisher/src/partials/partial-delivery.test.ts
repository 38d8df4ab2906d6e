import { randomUUID } from 'node:crypto';
import { validatePartialWebhook } from '@earshot/api';
import { createEgressPolicy } from '@earshot/auth';
import type { LivePartial } from '@earshot/queues';
import { createFakeLiveBus } from '@earshot/queues/testing';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { startWebhookReceiver, type WebhookReceiverOptions } from '@earshot/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addEndpoint, startCall } from '../testing/call-writer.ts';
import { publisherUnderTest } from '../testing/publisher-under-test.ts';
import { useStorage } from '../testing/use-storage.ts';
import { openPartialDelivery } from './open-partial-delivery.ts';
import { createPartialMetrics, type PartialOutcome } from './partial-metrics.ts';

const fixture = useStorage();

async function setUp(
  receiving: WebhookReceiverOptions = {},
  egressAllow: readonly string[] = ['127.0.0.0/8'],
) {
  const { storage, account } = fixture;
  const bus = createFakeLiveBus();
  const outcomes: PartialOutcome[] = [];
  const state = { nowMs: Date.now() };
  const receiver = await startWebhookReceiver(receiving);
  const start = async () => {
    const delivery = openPartialDelivery({
      storage,
      bus,
      openSecret: async (_tenantId, _recordId, sealed) => Buffer.from(sealed).toString(),
      egress: createEgressPolicy({ allowCidrs: [...egressAllow] }),
      inFlightMax: 4,
      metrics: { settled: (outcome) => void outcomes.push(outcome) },
      clock: { now: () => state.nowMs },
      logger: createLogger({ app: 'publisher', level: 'silent' }),
    });
    await delivery.refresh();
    onTestFinished(() => delivery.close());
    return delivery;
  };
  onTestFinished(() => receiver.close());
  const call = await startCall(storage, account);
  const { sessions } = (await storage.calls.getCall(account.tenantId, call.guid)) ?? { sessions: [] };
  const [session] = sessions;
  if (session === undefined) throw new Error('Cannot find the session of the test');
  const [stream] = session.streams;
  const who = {
    tenantId: account.tenantId,
    conversationId: session.conversationId,
    sessionId: session.sessionId,
  };
  const said = (revision: number, change: Partial<LivePartial> = {}): LivePartial => ({
    type: 'partial',
    ...who,
    guid: call.guid,
    streamId: stream.streamId,
    role: 'customer',
    senderExternalId: 'customer',
    startMs: 1000,
    endMs: 1000 + revision * 100,
    text: `words ${revision}`,
    revision,
    ...change,
  });
  const finish = (startMs: number): void =>
    bus.publish({ type: 'committed', ...who, streamId: stream.streamId, messageId: 'M', startMs });
  const texts = (): unknown[] =>
    receiver.requests.map(({ body }) => (JSON.parse(body) as Body).autotranscribeResponse.utterance[0]?.text);
  return { ...fixture, bus, call, outcomes, receiver, start, said, finish, state, texts, session };
}

interface Body {
  readonly autotranscribeResponse: { readonly utterance: readonly { readonly text: string }[] };
}

/** A target that answers nothing until it is told to; `reached` counts the requests. */
function slowTarget() {
  const answers = Promise.withResolvers<void>();
  const handler = async () => {
    await answers.promise;
    return { status: 200 };
  };
  return { handler, answer: () => answers.resolve() };
}

describe('partial delivery', () => {
  it('posts partials to the endpoints of the app that want them, with credentials and without a sequence', async () => {
    const { storage, account, bus, call, outcomes, receiver, start, said, session } = await setUp();
    const endpointId = await addEndpoint(storage, account, `${receiver.url}/partials`, { partials: true });
    const auth = [{ type: 'secret', name: 'x-token', in: 'header' }] as const;
    const secrets = [{ kind: 'auth-secret', sealed: Buffer.from('correct horse') }];
    const { tenantId } = account;
    await storage.endpoints.update({ tenantId, endpointId, fields: { auth }, secrets, atMs: Date.now() });
    await addEndpoint(storage, account, `${receiver.url}/finals`);
    await start();
    bus.publish(said(1));
    await receiver.waitFor(1);
    bus.publish(said(2));
    const requests = await receiver.waitFor(2);
    expect(requests.map(({ path }) => path)).toEqual(['/partials', '/partials']);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      type: 'partial',
      externalConversationId: call.guid,
      streamId: session.streams[0].streamId,
      sender: { externalId: 'customer', role: 'customer' },
      revision: 1,
      autotranscribeResponse: {
        message: 'partial',
        start: 1000,
        end: 1100,
        utterance: [{ text: 'words 1' }],
      },
    });
    expect(validatePartialWebhook(JSON.parse(requests[0]?.body ?? '')).ok).toBe(true);
    const [first, second] = requests.map(({ headers }) => headers);
    expect(first).toMatchObject({ 'x-token': 'correct horse', 'webhook-id': expect.stringMatching(/^msg_/) });
    expect(first).not.toHaveProperty('earshot-sequence');
    expect(first?.['webhook-id']).not.toBe(second?.['webhook-id']);
    await expect.poll(() => outcomes).toEqual(['sent', 'sent']);
    expect(await storage.lanes.listDeliveries({ tenantId, limit: 10 })).toMatchObject({ items: [] });
  });

  it('sends the newest of what came while a POST was under way, and nothing else', async () => {
    const { handler, answer } = slowTarget();
    const { storage, account, bus, outcomes, receiver, start, said, texts } = await setUp({ handler });
    await addEndpoint(storage, account, receiver.url, { partials: true });
    await start();
    bus.publish(said(1));
    await receiver.waitFor(1);
    for (const revision of [2, 3, 4]) bus.publish(said(revision));
    answer();
    await receiver.waitFor(2);
    expect(texts()).toEqual(['words 1', 'words 4']);
    await expect.poll(() => outcomes.toSorted()).toEqual(['replaced', 'replaced', 'sent', 'sent']);
  });

  it('sends none whose transcript is known, and breaks off the one under way', async () => {
    const { handler } = slowTarget();
    const { storage, account, bus, outcomes, receiver, start, said, finish } = await setUp({ handler });
    await addEndpoint(storage, account, receiver.url, { partials: true });
    await start();
    bus.publish(said(1));
    await receiver.waitFor(1);
    bus.publish(said(2));
    finish(1000);
    bus.publish(said(3));
    await expect.poll(() => outcomes.toSorted()).toEqual(['finished', 'finished', 'finished']);
    expect(receiver.requests).toHaveLength(1);
    bus.publish(said(1, { startMs: 3000 }));
    await receiver.waitFor(2);
  });

  it('sends none after a transcript that is being sent, and the transcript does not wait', async () => {
    const { handler } = slowTarget();
    const { storage, account, bus, outcomes, receiver, start, said, call } = await setUp({
      handler: async (request) => (request.body.includes('partial') ? handler() : { status: 200 }),
    });
    await addEndpoint(storage, account, receiver.url, { partials: true });
    const partials = await start();
    const publisher = await publisherUnderTest(storage, {
      finalStarts: (body) => partials.finalStarts(body),
    });
    onTestFinished(() => publisher.close());
    bus.publish(said(1));
    await receiver.waitFor(1);
    const body = JSON.stringify({ streamId: said(1).streamId, autotranscribeResponse: { start: 1000 } });
    for (const lane of await call.say('the transcript', body)) await publisher.queue.add(lane);
    const [, transcript] = await receiver.waitFor(2);
    expect(transcript?.body).toBe(body);
    bus.publish(said(2));
    await expect.poll(() => outcomes).toEqual(['finished', 'finished']);
    expect(receiver.requests).toHaveLength(2);
  });

  it('throws away what is older than 2 s', async () => {
    const { handler, answer } = slowTarget();
    const { storage, account, bus, outcomes, receiver, start, said, state } = await setUp({ handler });
    await addEndpoint(storage, account, receiver.url, { partials: true });
    await start();
    bus.publish(said(1));
    await receiver.waitFor(1);
    bus.publish(said(2));
    state.nowMs += 2000;
    answer();
    await expect.poll(() => outcomes).toEqual(['sent', 'late']);
    expect(receiver.requests).toHaveLength(1);
  });

  it('calls no address that may not be called', async () => {
    const { storage, account, bus, outcomes, receiver, start, said } = await setUp({}, []);
    await addEndpoint(storage, account, receiver.url, { partials: true });
    await start();
    bus.publish(said(1));
    await expect.poll(() => outcomes).toEqual(['failed']);
    expect(receiver.requests).toEqual([]);
  });

  it('sends from one process only, and from another once that one has ended', async () => {
    const { storage, account, bus, receiver, start, said, texts } = await setUp();
    await addEndpoint(storage, account, receiver.url, { partials: true });
    const first = await start();
    const second = await start();
    bus.publish(said(1));
    await receiver.waitFor(1);
    await first.close();
    await second.refresh();
    bus.publish(said(2));
    await receiver.waitFor(2);
    expect(texts()).toEqual(['words 1', 'words 2']);
  });

  it('sends nothing of another app, and nothing of a session nobody knows', async () => {
    const { storage, account, bus, receiver, start, said } = await setUp();
    const { tenantId } = account;
    await addEndpoint(storage, account, receiver.url, { partials: true });
    await start();
    bus.publish(said(1, { sessionId: randomUUID() }));
    bus.publish(said(2, { tenantId: 'another' }));
    bus.publish(said(3));
    const requests = await receiver.waitFor(1);
    expect(requests.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ revision: 3 }]);
    expect(bus.isWatched(tenantId, 'any conversation', 'partials')).toBe(true);
    expect(bus.isWatched('another', 'any conversation', 'partials')).toBe(false);
  });

  it('watches nobody when no endpoint wants partials', async () => {
    const { storage, account, bus, receiver, start } = await setUp();
    const endpointId = await addEndpoint(storage, account, receiver.url, { partials: true });
    const delivery = await start();
    expect(bus.watchCount).toBe(1);
    const change = { tenantId: account.tenantId, endpointId, secrets: undefined, atMs: Date.now() };
    await storage.endpoints.update({ ...change, fields: { partials: false } });
    await delivery.refresh();
    expect(bus.watchCount).toBe(0);
  });

  it('counts what becomes of partials', async () => {
    const metrics = createMetrics('publisher');
    createPartialMetrics(metrics).settled('sent');
    expect((await metrics.render()).body).toContain(
      'earshot_partials_total{outcome="sent",app="publisher"} 1',
    );
  });
});
