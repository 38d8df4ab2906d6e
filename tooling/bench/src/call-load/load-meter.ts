import { machineCpuMs, processUsage } from './process-usage.ts';
import type { StoredFigures } from './stored-figures.ts';

/** What takes part in a load, by name. */
export interface LoadParts {
  readonly pids: Readonly<Record<string, readonly number[]>>;
  /** Its servers come and go as its children. */
  readonly postgresPid: number;
}

export interface Spent {
  /** Cores taken by each part, and by `others`, which are everything else on the machine. */
  readonly cores: Readonly<Record<string, number>>;
  readonly commitsPerSecond: number;
}

/** Counts from now on; the function it answers tells what was spent since. */
export async function startMeter(parts: LoadParts, figures: StoredFigures): Promise<() => Promise<Spent>> {
  const read = async () => ({
    atMs: performance.now(),
    cpuMs: await cpuMsByPart(parts),
    commits: await figures.committedTransactions(),
  });
  const before = await read();
  return async () => {
    const after = await read();
    const wallMs = after.atMs - before.atMs;
    return {
      cores: Object.fromEntries(
        Object.entries(after.cpuMs).map(([name, cpuMs]) => [
          name,
          (cpuMs - (before.cpuMs[name] ?? 0)) / wallMs,
        ]),
      ),
      commitsPerSecond: ((after.commits - before.commits) / wallMs) * 1000,
    };
  };
}

async function cpuMsByPart({ pids, postgresPid }: LoadParts): Promise<Record<string, number>> {
  const ours = await Promise.all(
    Object.entries(pids).map(async ([name, ids]) => {
      const usages = await Promise.all(ids.map((pid) => processUsage(pid)));
      return [name, usages.reduce((sum, usage) => sum + usage.cpuMs, 0)] as const;
    }),
  );
  const postgres = (await processUsage(postgresPid, true)).cpuMs;
  const known = ours.reduce((sum, [, cpuMs]) => sum + cpuMs, postgres);
  return { ...Object.fromEntries(ours), postgres, others: Math.max(0, (await machineCpuMs()) - known) };
}
