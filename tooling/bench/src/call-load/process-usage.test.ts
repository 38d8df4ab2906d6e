import { describe, expect, it } from 'vitest';
import { machineCpuMs, processUsage } from './process-usage.ts';

describe('processUsage', () => {
  it('tells what Node.js tells of itself', async () => {
    const { cpuMs, residentKib } = await processUsage(process.pid);
    const own = process.resourceUsage();
    expect(cpuMs).toBeGreaterThan(0);
    expect(Math.abs(cpuMs - (own.userCPUTime + own.systemCPUTime) / 1000)).toBeLessThan(2000);
    expect(residentKib / (process.memoryUsage.rss() / 1024)).toBeGreaterThan(0.5);
  });

  it('is nothing for a process that has ended', async () => {
    expect(await processUsage(2 ** 22 + 1)).toEqual({ cpuMs: 0, residentKib: 0 });
  });

  it('is part of what the machine has spent', async () => {
    const { cpuMs } = await processUsage(process.pid, true);
    expect(await machineCpuMs()).toBeGreaterThanOrEqual(cpuMs);
  });
});
