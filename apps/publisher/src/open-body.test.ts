import { AppError } from '@earshot/domain';
import { startWebhookReceiver } from '@earshot/testing';
import { describe, expect, it } from 'vitest';
import { openBody } from './open-body.ts';
import { addEndpoint, startCall } from './testing/call-writer.ts';
import { allDeliveries, publisherUnderTest } from './testing/publisher-under-test.ts';
import { useStorage } from './testing/use-storage.ts';

const lane = { tenantId: 'tenant', endpointId: 'endpoint', conversationId: 'CONVERSATION' };
const sealed = Buffer.from('sealed');

describe('openBody', () => {
  it('leaves a body that is open as it is', async () => {
    const opened = await openBody(() => Promise.reject(new Error('asked')), {
      lane,
      messageId: 'M',
      body: '{}',
    });
    expect(opened).toEqual({ type: 'open', body: '{}' });
  });

  it('opens a sealed body for the tenant and the message it was sealed for', async () => {
    const openSealed = async (...asked: unknown[]) => JSON.stringify(asked.slice(0, 2));
    const opened = await openBody(openSealed, { lane, messageId: 'M', body: { sealed } });
    expect(opened).toEqual({ type: 'open', body: '["tenant","delivery:M"]' });
  });

  const lasting = [
    new AppError('vault.not-authentic', 'Cannot open', { retryable: false }),
    new Error('bug'),
  ];
  it.each(lasting)('is broken for good by $name: $message', async (cause) => {
    const opened = await openBody(() => Promise.reject(cause), { lane, messageId: 'M', body: { sealed } });
    expect(opened).toEqual({ type: 'broken', cause, durationMs: 0 });
  });

  it('rejects with a failure that passes', async () => {
    const cause = new AppError('storage.unavailable', 'Cannot read', { retryable: true });
    const opening = openBody(() => Promise.reject(cause), { lane, messageId: 'M', body: { sealed } });
    await expect(opening).rejects.toBe(cause);
  });
});

describe('a sealed message', () => {
  const fixture = useStorage();
  const SECRET = 'My PIN is 5937.';
  /** What a vault would make of it; the publisher under test opens it by turning it round. */
  const seal = (text: string) => Buffer.from(text.split('').toReversed().join(''));
  const openSecret = async (_tenantId: string, _recordId: string, bytes: Uint8Array) =>
    Buffer.from(bytes).toString().split('').toReversed().join('');

  async function deliver(answer: { status: number }, open: typeof openSecret = openSecret) {
    const { storage, account } = fixture;
    const target = await startWebhookReceiver(answer);
    await addEndpoint(storage, account, target.url);
    const publisher = await publisherUnderTest(storage, { openSecret: open });
    const { guid, say } = await startCall(storage, account);
    try {
      for (const key of await say('My PIN is ####.', { sealed: seal(SECRET) }))
        await publisher.queue.add(key);
      await publisher.queue.idle();
    } finally {
      await publisher.close();
      await target.close();
    }
    const [record] = (await allDeliveries(storage, account.tenantId)).filter((one) => one.guid === guid);
    const told = [...publisher.lines, JSON.stringify(record)].join('\n');
    return { sent: target.requests.map(({ body }) => body), record, told };
  }

  it('is opened for its POST only', async () => {
    const { sent, record, told } = await deliver({ status: 200 });
    expect(sent).toEqual([SECRET]);
    expect(record).toMatchObject({ state: 'delivered' });
    expect(told).not.toContain('5937');
  });

  it('shows none of its words where its delivery fails', async () => {
    const { record, told } = await deliver({ status: 500 });
    expect(record).toMatchObject({ state: 'failed', lastError: 'webhook.status' });
    expect(told).not.toContain('5937');
  });

  it('is recorded as failed, not sent, where it cannot be opened', async () => {
    const { sent, record } = await deliver({ status: 200 }, () =>
      Promise.reject(new AppError('vault.unknown-key', 'Cannot open', { retryable: false })),
    );
    expect(sent).toEqual([]);
    expect(record).toMatchObject({ state: 'failed', lastError: 'vault.unknown-key' });
  });
});
