import type { LivePartial } from '@earshot/queues';
import { describe, expect, it } from 'vitest';
import { createLiveInbox } from './live-inbox.ts';

const ids = { tenantId: 't', conversationId: 'c', sessionId: 's' };

function partial(revision: number, startMs = 0, streamId = 'one'): LivePartial {
  const who = { guid: 'g', role: 'customer', senderExternalId: 'e' } as const;
  return {
    type: 'partial',
    ...ids,
    ...who,
    streamId,
    startMs,
    endMs: startMs + 10,
    text: `${revision}`,
    revision,
  };
}

describe('createLiveInbox', () => {
  it('keeps the newest partial of each stream, in whatever order they come', () => {
    const inbox = createLiveInbox();
    for (const revision of [1, 3, 2]) inbox.receive(partial(revision));
    inbox.receive(partial(1, 0, 'two'));
    expect(inbox.takePartials().map(({ streamId, revision }) => [streamId, revision])).toEqual([
      ['one', 3],
      ['two', 1],
    ]);
    expect(inbox.takePartials()).toEqual([]);
  });

  it('keeps no partial whose final is known', () => {
    const inbox = createLiveInbox();
    inbox.receive(partial(1));
    inbox.receive({ type: 'committed', ...ids, streamId: 'one', messageId: 'm', startMs: 0 });
    inbox.receive(partial(2));
    inbox.receive(partial(1, 500));
    expect(inbox.takePartials()).toMatchObject([{ startMs: 500 }]);
    expect([inbox.takeCommitted(), inbox.takeCommitted()]).toEqual([true, false]);
  });

  it('holds little however many streams there are', () => {
    const inbox = createLiveInbox();
    for (let index = 0; index < 1000; index += 1) inbox.receive(partial(1, 0, `stream-${index}`));
    expect(inbox.takePartials().length).toBeLessThanOrEqual(32);
  });
});
