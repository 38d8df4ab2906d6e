import type { WrittenConversation } from '@earshot/delivery-load';
import { describe, expect, it } from 'vitest';
import { writeOpenly } from './open-arrivals.ts';

describe('writeOpenly', () => {
  it('gives the conversations their messages by turns, and waits for no answer before the next', async () => {
    const answers: PromiseWithResolvers<void>[] = [];
    const said: string[] = [];
    const conversation = (guid: string): WrittenConversation => ({
      guid,
      committedCount: 0,
      say() {
        const answer = Promise.withResolvers<void>();
        answers.push(answer);
        said.push(guid);
        // Nobody is answered before the last was asked.
        if (answers.length === 5) for (const { resolve } of answers) resolve();
        return answer.promise;
      },
    });
    const plan = { ratePerSecond: 1000, count: 5 };
    const written = await writeOpenly(
      [conversation('a'), conversation('b')],
      plan,
      new AbortController().signal,
    );
    expect(said).toEqual(['a', 'b', 'a', 'b', 'a']);
    expect(written.commitMs).toHaveLength(5);
  });
});
