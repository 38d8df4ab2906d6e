import { describe, expect, it } from 'vitest';
import type { CommitPosition } from '../../stores/live-messages.ts';
import {
  leaseCall,
  newAccount,
  startCall,
  startInput,
  T0,
  useStorage,
  utterance,
} from '../../testing/fixture.ts';

const fixture = useStorage();
const BEGINNING: CommitPosition = { sinceMs: 0, messageIds: [] };

async function conversation() {
  const account = await newAccount(fixture);
  const session = await startCall(fixture.storage, startInput(account));
  const { leaseEpoch } = await leaseCall(fixture.storage, session);
  const { tenantId, conversationId } = session;
  return {
    session,
    say: async (fromSample: number, role: 'customer' | 'agent') => {
      const input = utterance(session, leaseEpoch, fromSample, { role });
      await fixture.storage.calls.commitUtterance(input);
      return input.message;
    },
    list: (position: CommitPosition, limit = 100) =>
      fixture.storage.liveMessages.listCommitted({ tenantId, conversationId, position, limit }),
  };
}

describe('LiveMessageStore.listCommitted', () => {
  it('lists in the order of commits, with the place in the audio', async () => {
    const { say, list } = await conversation();
    await say(0, 'agent');
    const { messageId, streamId, text } = await say(8000, 'agent');
    const long = await say(0, 'customer');
    expect(await list(BEGINNING)).toMatchObject([
      { role: 'agent', startMs: 0 },
      { messageId, streamId, text, role: 'agent', startMs: 1000, endMs: 2000 },
      { messageId: long.messageId, role: 'customer', startMs: 0, endMs: 1000, clientTimestampMs: T0 },
    ]);
  });

  it('goes on where the reader is, also between messages of one millisecond', async () => {
    const { session, say, list } = await conversation();
    for (const fromSample of [0, 8000, 16_000]) await say(fromSample, 'customer');
    await fixture.sql('update messages set created_at = $1 where conversation_id = $2', [
      new Date(T0),
      session.conversationId,
    ]);
    const seen: string[] = [];
    for (;;) {
      const [next] = await list({ sinceMs: T0, messageIds: seen }, 1);
      if (next === undefined) break;
      seen.push(next.messageId);
    }
    expect(new Set(seen).size).toBe(3);
    expect(await list({ sinceMs: T0 + 1, messageIds: [] })).toEqual([]);
  });

  it('shows nothing of another tenant', async () => {
    const { session, say } = await conversation();
    await say(0, 'customer');
    const { conversationId } = session;
    const theirs = { tenantId: 'another', conversationId, position: BEGINNING, limit: 5 };
    expect(await fixture.storage.liveMessages.listCommitted(theirs)).toEqual([]);
  });
});
