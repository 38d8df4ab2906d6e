import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What one process measures. */
export interface DemuxJob {
  readonly demuxer: string;
  readonly file: string;
  /** Length of the chunks handed over. */
  readonly readBytes: number;
}

export interface DemuxJobResult {
  /** Of one pass through the file. */
  readonly blocks: number;
  readonly payloadBytes: number;
  readonly seconds: readonly number[];
  /** The most the process held at any time. */
  readonly rssBytes: number;
}

/** Measures in a process of its own: libraries disturb each other's memory and compiled code. */
export async function runDemuxer(job: DemuxJob, signal: AbortSignal): Promise<DemuxJobResult> {
  const script = fileURLToPath(new URL('./measure.ts', import.meta.url));
  const args = [...process.execArgv, script, JSON.stringify(job)];
  const { stdout } = await run(process.execPath, args, { signal });
  return JSON.parse(stdout);
}
