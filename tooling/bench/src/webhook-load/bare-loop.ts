import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench.ts';

const LOOP = fileURLToPath(new URL('./bare-loop-process.ts', import.meta.url));

export interface BareLoopOptions {
  readonly url: string;
  readonly connections: number;
  readonly durationMs: number;
}

export interface BareLoopResult {
  readonly throughput: number;
  readonly latenciesMs: readonly number[];
}

/** A process that signs and sends as fast as answers come, with no store, no queue and no order: the most that can be hoped for. */
export function runBareLoop(options: BareLoopOptions): Promise<BareLoopResult> {
  const child = fork(LOOP, [JSON.stringify(options)], {
    execArgv: ['--conditions=earshot-source'],
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (result: BareLoopResult) => resolve(result));
    child.once('exit', () => reject(new BenchError('Cannot measure: the bare loop ended')));
  });
}

export function readBareLoopOptions(text: string): BareLoopOptions {
  const options: BareLoopOptions = JSON.parse(text);
  return options;
}
