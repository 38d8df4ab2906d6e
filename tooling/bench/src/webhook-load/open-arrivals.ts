import { setTimeout as delay } from 'node:timers/promises';
import type { WrittenConversation } from '@earshot/delivery-load';

export interface ArrivalPlan {
  /** Messages a second, whatever becomes of those before. */
  readonly ratePerSecond: number;
  readonly count: number;
}

export interface WrittenLoad {
  /** Milliseconds since the Unix epoch at which the first message was due. */
  readonly startedAtMs: number;
  /** From the moment each message was due to the answer to its commit. */
  readonly commitMs: readonly number[];
  /** From the first due moment to the last commit. */
  readonly tookMs: number;
}

const TICK_MS = 2;

/** An open model: message k is due k / rate seconds after the start, in the conversations by turns, and never waits for the service. */
export async function writeOpenly(
  conversations: readonly WrittenConversation[],
  { ratePerSecond, count }: ArrivalPlan,
  signal: AbortSignal,
): Promise<WrittenLoad> {
  const beganAtMs = performance.now();
  const commitMs: number[] = [];
  const said: Promise<void>[] = [];
  for (let index = 0; index < count;) {
    const dueCount = Math.min(
      count,
      Math.floor(((performance.now() - beganAtMs) * ratePerSecond) / 1000) + 1,
    );
    for (; index < dueCount; index += 1) {
      const dueAtMs = beganAtMs + (index * 1000) / ratePerSecond;
      const conversation = conversations[index % conversations.length];
      if (conversation === undefined) throw new RangeError('Cannot write: there are no conversations');
      said.push(
        conversation.say(signal).then(() => {
          commitMs.push(performance.now() - dueAtMs);
        }),
      );
    }
    await delay(TICK_MS, undefined, { signal });
  }
  await Promise.all(said);
  return {
    startedAtMs: performance.timeOrigin + beganAtMs,
    commitMs,
    tookMs: performance.now() - beganAtMs,
  };
}
