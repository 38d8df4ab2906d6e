import { describe, expect, it } from 'vitest';
import { createLogger } from '@earshot/telemetry';
import { startSweeper, sweepUnclaimed, type SweeperDeps } from './sweeper.ts';

const NOW_MS = 1_000_000;

function deps(overrides: Partial<SweeperDeps> = {}) {
  const added: string[] = [];
  const asked: number[] = [];
  let stateSweeps = 0;
  const sweeper: SweeperDeps = {
    calls: {
      async listUnclaimed({ acceptedBeforeMs }) {
        asked.push(acceptedBeforeMs);
        return [{ tenantId: 't', sessionId: 's1' }];
      },
      async dropStaleRedactionStates() {
        stateSweeps += 1;
        return 0;
      },
    },
    sessions: {
      async add({ sessionId }) {
        added.push(sessionId);
      },
    },
    clock: { now: () => NOW_MS },
    logger: createLogger({ app: 'ingest', level: 'silent' }),
    ...overrides,
  };
  return { sweeper, added, asked, stateSweeps: () => stateSweeps };
}

describe('sweepUnclaimed', () => {
  it('queues sessions nobody has claimed for 5 s', async () => {
    const { sweeper, added, asked } = deps();
    expect(await sweepUnclaimed(sweeper)).toBe(1);
    expect(added).toEqual(['s1']);
    expect(asked).toEqual([NOW_MS - 5000]);
  });
});

describe('startSweeper', () => {
  it('sweeps once at the start and forgets old redaction states', async () => {
    const { sweeper, added, stateSweeps } = deps();
    await startSweeper(sweeper)();
    expect([added, stateSweeps()]).toEqual([['s1'], 1]);
  });

  it('survives a queue that cannot be reached', async () => {
    const sessions = {
      add: async () => {
        throw new Error('down');
      },
    };
    await expect(startSweeper(deps({ sessions }).sweeper)()).resolves.toBeUndefined();
  });
});
