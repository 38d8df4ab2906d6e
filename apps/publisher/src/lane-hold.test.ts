import { AppError } from '@earshot/domain';
import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { takeLaneHold } from './lane-hold.ts';

const lane = { tenantId: 't', endpointId: 'e', conversationId: 'c' };

interface Setup {
  /** Answers of the store to `hold`, the last one over and over. */
  readonly holds: readonly (boolean | Error)[];
  readonly releases?: readonly boolean[];
  readonly holdMs?: number;
}

function setUp({ holds, releases = [true], holdMs = 60_000 }: Setup) {
  const calls: string[] = [];
  let heldUntilMs = 0;
  const next = <T>(answers: readonly T[], name: string): T | undefined => {
    const index = calls.filter((call) => call === name).length;
    calls.push(name);
    return answers[Math.min(index, answers.length - 1)];
  };
  const hold = takeLaneHold(
    {
      holder: 'me',
      holdMs,
      renewEveryMs: 5,
      clock: { now: () => 1000 },
      logger: createLogger({ app: 'test', level: 'silent' }),
      lanes: {
        async hold(_lane, _holder, untilMs) {
          const answer = next(holds, 'hold');
          if (answer instanceof Error) throw answer;
          heldUntilMs = untilMs;
          return answer ?? false;
        },
        release: async () => next(releases, 'release') ?? true,
        async defer() {
          calls.push('defer');
        },
      },
    },
    lane,
  );
  return { hold, calls, heldUntilMs: () => heldUntilMs };
}

const aborted = async (signal: AbortSignal): Promise<boolean> => {
  await expect.poll(() => signal.aborted).toBe(true);
  return signal.aborted;
};

describe('takeLaneHold', () => {
  it('answers undefined when another process holds the lane', async () => {
    expect(await setUp({ holds: [false] }).hold).toBeUndefined();
  });

  it('renews until it is released', async () => {
    const { hold, calls } = setUp({ holds: [true] });
    const held = await hold;
    await expect.poll(() => calls.length).toBeGreaterThan(2);
    expect(await held?.release()).toBe(true);
    const count = calls.length;
    expect(calls.at(-1)).toBe('release');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(calls).toHaveLength(count);
  });

  it('goes on renewing when the release finds undelivered rows', async () => {
    const { hold, calls } = setUp({ holds: [true], releases: [false, true] });
    const held = await hold;
    expect(await held?.release()).toBe(false);
    await expect.poll(() => calls.lastIndexOf('hold') > calls.indexOf('release')).toBe(true);
    expect(await held?.release()).toBe(true);
  });

  it('is lost when another process has taken the lane', async () => {
    const held = await setUp({ holds: [true, false] }).hold;
    expect(held && (await aborted(held.lost))).toBe(true);
  });

  it('is lost by its own clock when no renewal gets through', async () => {
    const away = new AppError('storage.unavailable', 'Cannot hold', { retryable: true });
    const held = await setUp({ holds: [true, away], holdMs: 560 }).hold;
    expect(held && (await aborted(held.lost))).toBe(true);
  });

  it('ends the hold at once when it is given up with rows undelivered', async () => {
    const { hold, heldUntilMs } = setUp({ holds: [true], releases: [false] });
    const held = await hold;
    await held?.giveUp();
    expect(heldUntilMs()).toBe(1000);
  });

  it('gives the lane up until later, once, and has nothing left to release', async () => {
    const { hold, calls } = setUp({ holds: [true] });
    const held = await hold;
    await held?.defer(5000);
    await held?.giveUp();
    expect(calls).toEqual(['hold', 'defer']);
  });

  it('is lost at its end, before the signal can tell, when the process stalled', async () => {
    const held = await setUp({ holds: [true], holdMs: 520 }).hold;
    const stalledUntilMs = performance.now() + 40;
    while (performance.now() < stalledUntilMs);
    expect({ lost: held?.isLost(), told: held?.lost.aborted }).toEqual({ lost: true, told: false });
    await held?.giveUp();
  });
});
