import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench.ts';

/** What one process measures. */
export interface DemuxJob {
  readonly demuxer: string;
  readonly file: string;
  /** Length of the chunks handed over. */
  readonly readBytes: number;
  /** From memory, reading costs nothing: what remains is the library. */
  readonly source: 'file' | 'memory';
}

/** Once through the file. */
export interface DemuxPass {
  readonly blocks: number;
  readonly seconds: number;
  /** Of all threads of the process. */
  readonly cpuSeconds: number;
  /** The most the process held so far. */
  readonly rssBytes: number;
}

export interface DemuxerProcess {
  /** One at a time. Throws `BenchError` when the process ended. */
  pass(): Promise<DemuxPass>;
  end(): void;
}

/** A process of its own for each library: they disturb each other's memory and compiled code. */
export function startDemuxer(job: DemuxJob, signal: AbortSignal): DemuxerProcess {
  const script = fileURLToPath(new URL('./measure.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, JSON.stringify(job)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    signal,
  });
  // An aborted start shows as the end of its lines.
  child.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async pass() {
      child.stdin.write('pass\n');
      const line = await lines.next();
      if (line.done === true) throw new BenchError(`Cannot measure ${job.demuxer}: its process ended`);
      return JSON.parse(line.value);
    },
    end: () => child.stdin.end(),
  };
}
