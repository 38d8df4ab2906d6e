import { createLogger } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { forgetSigningSecrets } from './forget-signing-secrets.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);

describe('forgetSigningSecrets', () => {
  it.each([
    { given: 0, want: 1 },
    { given: 99, want: 1 },
    { given: 250, want: 3 },
  ])('removes $given that ended five minutes ago in $want statements', async ({ given, want }) => {
    let left = given;
    const asked: number[] = [];
    await forgetSigningSecrets({
      endpoints: {
        async forgetSigningSecrets({ endedBeforeMs, limit }) {
          asked.push(endedBeforeMs);
          const count = Math.min(limit, left);
          left -= count;
          return count;
        },
      },
      clock: { now: () => NOW_MS },
      logger: createLogger({ app: 'publisher', level: 'silent' }),
    });
    expect(left).toBe(0);
    expect(asked).toEqual(Array.from({ length: want }, () => NOW_MS - 300_000));
  });
});
