import { readFile, readdir } from 'node:fs/promises';
import { BenchError } from '../bench.ts';

/** Linux counts processor time in ticks of 10 ms, memory in pages of 4 KiB. */
const TICK_MS = 10;
const PAGE_KIB = 4;
const PARENT_FIELD = 1;
const USER_TICKS_FIELD = 11;
const SYSTEM_TICKS_FIELD = 12;
/** Of children that have ended. */
const REAPED_TICKS_FIELDS = [13, 14] as const;
const RESIDENT_PAGES_FIELD = 21;

export interface ProcessUsage {
  /** Since its start. */
  readonly cpuMs: number;
  readonly residentKib: number;
}

/** Of one process, and of its children where `withChildren` is set. Throws where there is no `/proc`. */
export async function processUsage(pid: number, withChildren = false): Promise<ProcessUsage> {
  const pids = withChildren ? [pid, ...(await childrenOf(pid))] : [pid];
  const usages = await Promise.all(pids.map(usageOf));
  const fields = withChildren ? await statFields(pid) : undefined;
  const reapedMs = REAPED_TICKS_FIELDS.reduce(
    (sum, index) => sum + Number(fields?.[index] ?? 0) * TICK_MS,
    0,
  );
  return {
    cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, reapedMs),
    residentKib: usages.reduce((sum, { residentKib }) => sum + residentKib, 0),
  };
}

/** Processor time that the whole machine has given out, waiting for disks not counted. */
export async function machineCpuMs(): Promise<number> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n');
  const [, user, nice, system, , , interrupts, softInterrupts] = line.split(/\s+/).map(Number);
  return (
    [user, nice, system, interrupts, softInterrupts].reduce((sum: number, ticks = 0) => sum + ticks, 0) *
    TICK_MS
  );
}

async function usageOf(pid: number): Promise<ProcessUsage> {
  const fields = await statFields(pid);
  const field = (index: number): number => Number(fields?.[index] ?? 0);
  return {
    cpuMs: (field(USER_TICKS_FIELD) + field(SYSTEM_TICKS_FIELD)) * TICK_MS,
    residentKib: field(RESIDENT_PAGES_FIELD) * PAGE_KIB,
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const entries = await readdir('/proc').catch((cause: unknown) => {
    throw new BenchError('Cannot measure processes: this machine has no /proc', { cause });
  });
  const pids = entries.map(Number).filter((entry) => Number.isInteger(entry));
  const parents = await Promise.all(pids.map(async (entry) => (await statFields(entry))?.[PARENT_FIELD]));
  return pids.filter((_, index) => parents[index] === String(pid));
}

/** Fields behind the name, which may hold blanks; `undefined` when the process has ended. */
async function statFields(pid: number): Promise<string[] | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}
