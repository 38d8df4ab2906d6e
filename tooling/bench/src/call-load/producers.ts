import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench.ts';
import type { FinishedCall, PacedCallsOptions } from './paced-calls.ts';
import type { PlayCall, ProducerReport } from './producer-messages.ts';

const PRODUCER = fileURLToPath(new URL('./producer-process.ts', import.meta.url));

/** Processes that play calls. */
export interface Producers {
  readonly pids: readonly number[];
  /** Resolves when the call was played to its end. */
  play(call: PlayCall): Promise<FinishedCall>;
  close(): void;
}

export async function startProducers(count: number, options: PacedCallsOptions): Promise<Producers> {
  const waiting = new Map<number, PromiseWithResolvers<FinishedCall>>();
  const children = Array.from({ length: count }, () =>
    fork(PRODUCER, [JSON.stringify(options)], {
      execArgv: ['--conditions=earshot-source'],
      stdio: ['ignore', 2, 2, 'ipc'],
    }),
  );
  const take = (report: ProducerReport): void => {
    if (report.type === 'ready') return;
    const call = waiting.get(report.index);
    waiting.delete(report.index);
    if (report.type === 'finished') call?.resolve(report);
    else call?.reject(new BenchError(`Cannot play call ${report.index}: ${report.message}`));
  };
  const lost = (): void => {
    for (const call of waiting.values()) call.reject(new BenchError('Cannot play calls: a producer ended'));
  };
  await Promise.all(
    children.map(async (child: ChildProcess) => {
      child.on('message', take);
      child.once('exit', lost);
      await once(child, 'message');
    }),
  );
  return {
    pids: children.flatMap(({ pid }) => pid ?? []),
    play(call) {
      const finished = Promise.withResolvers<FinishedCall>();
      waiting.set(call.index, finished);
      children[call.index % children.length]?.send(call);
      return finished.promise;
    },
    close() {
      for (const child of children) child.disconnect();
    },
  };
}
