import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MessageCursor } from '../../stores/messages.ts';
import {
  leaseCall,
  newAccount,
  startCall,
  startInput,
  useStorage,
  utterance,
} from '../../testing/fixture.ts';

const fixture = useStorage();

/** Three instants, at each of which both speak; committed agent first, to show that order comes from the times. */
async function conversation() {
  const account = await newAccount(fixture);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  const expected: string[] = [];
  for (const fromSample of [0, 8000, 16_000]) {
    const agent = utterance(session, leaseEpoch, fromSample, { role: 'agent' });
    const customer = utterance(session, leaseEpoch, fromSample, { role: 'customer' });
    await fixture.storage.calls.commitUtterance(agent);
    await fixture.storage.calls.commitUtterance(customer);
    expected.push(customer.message.messageId, agent.message.messageId);
  }
  return { account, session, expected };
}

describe('MessageStore.listByExternalId', () => {
  it('orders by client timestamp, customer first', async () => {
    const { account, session, expected } = await conversation();
    const list = { tenantId: account.tenantId, externalId: session.guid, limit: 6 };
    const answer = await fixture.storage.messages.listByExternalId(list);
    expect(answer?.items.map((item) => item.messageId)).toEqual(expected);
    expect(answer?.items.map((item) => item.role).slice(0, 2)).toEqual(['customer', 'agent']);
    expect(answer?.next).toBeUndefined();
  });

  it.each([1, 2, 4, 5])('goes through all of them in pages of %i, none twice', async (limit) => {
    const { account, session, expected } = await conversation();
    const seen: string[] = [];
    let after: MessageCursor | undefined;
    do {
      const list = { tenantId: account.tenantId, externalId: session.guid, limit };
      const page = await fixture.storage.messages.listByExternalId(after ? { ...list, after } : list);
      seen.push(...(page?.items.map((item) => item.messageId) ?? []));
      after = page?.next;
    } while (after !== undefined && seen.length <= expected.length);
    expect(seen).toEqual(expected);
  });

  it('answers sealed raw texts only where they are, and only when asked', async () => {
    const account = await newAccount(fixture);
    const session = await startCall(fixture.storage, startInput(account));
    const { leaseEpoch } = await leaseCall(fixture.storage, session);
    const unredactedSealed = Uint8Array.of(1, 2, 3);
    const { calls, messages } = fixture.storage;
    await calls.commitUtterance(utterance(session, leaseEpoch, 0, { unredactedSealed }));
    await calls.commitUtterance(utterance(session, leaseEpoch, 8000));
    const list = { tenantId: account.tenantId, externalId: session.guid, limit: 5 };
    const sealedOf = async (unredacted?: boolean) => {
      const page = await messages.listByExternalId({
        ...list,
        ...(unredacted === undefined ? {} : { unredacted }),
      });
      return page?.items.map((item) => item.unredactedSealed && [...item.unredactedSealed]);
    };
    expect(await sealedOf(true)).toEqual([[1, 2, 3], undefined]);
    expect(await sealedOf(false)).toEqual([undefined, undefined]);
    expect(await sealedOf()).toEqual([undefined, undefined]);
  });

  it('tells an empty conversation from an unknown one', async () => {
    const account = await newAccount(fixture);
    const session = await startCall(fixture.storage, startInput(account));
    const list = (tenantId: string, externalId: string) =>
      fixture.storage.messages.listByExternalId({ tenantId, externalId, limit: 5 });
    expect(await list(account.tenantId, session.guid)).toMatchObject({ items: [], next: undefined });
    expect(await list(account.tenantId, randomUUID())).toBeUndefined();
    expect(await list('another', session.guid)).toBeUndefined();
  });
});

describe('MessageStore', () => {
  it('lists by conversation id, gets one message, and tells where each lies in the audio', async () => {
    const { account, session, expected } = await conversation();
    const { tenantId } = account;
    const { conversationId } = session;
    const { messages } = fixture.storage;
    const page = await messages.listByConversationId({ tenantId, conversationId, limit: 100 });
    expect(page?.items.map(({ messageId }) => messageId)).toEqual(expected);
    const [messageId = ''] = expected;
    expect(await messages.get({ tenantId, conversationId, messageId })).toEqual(page?.items[0]);
    expect(await messages.get({ tenantId: 'another', conversationId, messageId })).toBeUndefined();
    const timed = await messages.listTimed({ tenantId, conversationId, limit: 100 });
    expect(timed.map((item) => item.messageId)).toEqual(expected);
    expect(timed[2]?.spoken).toEqual({ sessionId: session.sessionId, startMs: 1000, endMs: 2000 });
  });

  it('has a version that is another one with each message, the same from either id and with each page', async () => {
    const { account, session, expected } = await conversation();
    const { tenantId } = account;
    const { conversationId, guid } = session;
    const { messages } = fixture.storage;
    const version = await messages.getVersion({ tenantId, conversationId });
    expect(version).toMatchObject({ conversationId, messageCount: expected.length });
    expect(await messages.getVersion({ tenantId, externalId: guid })).toEqual(version);
    for (const limit of [1, 100]) {
      const page = await messages.listByExternalId({ tenantId, externalId: guid, limit });
      expect(page?.version).toEqual(version);
    }
    const message = { messageId: 'MORE', role: 'customer', text: 'more', clientTimestampMs: 0 } as const;
    await messages.file({ tenantId, conversationId, messages: [{ ...message, senderExternalId: 'c' }] });
    expect(await messages.getVersion({ tenantId, conversationId })).not.toEqual(version);
    expect(await messages.getVersion({ tenantId: 'another', conversationId })).toBeUndefined();
    expect(await messages.getVersion({ tenantId, externalId: randomUUID() })).toBeUndefined();
  });
});

describe('ConversationStore', () => {
  it('finds a conversation by either id, with its two sides, and only for its tenant', async () => {
    const { account, session } = await conversation();
    const { conversations } = fixture.storage;
    const found = await conversations.find(account.tenantId, session.conversationId);
    expect(found).toEqual({
      conversationId: session.conversationId,
      externalId: session.guid,
      customer: { externalId: 'customer-1' },
      agent: { externalId: 'agent-1' },
      metadata: {},
    });
    expect(await conversations.findByExternalId(account.tenantId, session.guid)).toEqual(found);
    expect(await conversations.find('another', session.conversationId)).toBeUndefined();
  });
});
