import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Arrival, ReceiverBehaviour } from './arrival.ts';
import type { ReceiverQuestion, ReceiverReport } from './receiver-messages.ts';

const RECEIVER = fileURLToPath(new URL('./receiver-process.ts', import.meta.url));

/** A webhook target on loopback, in a process of its own so that its clock is not the sender's. */
export interface Receiver {
  readonly pid: number;
  /** What POSTs to this endpoint are sent to. */
  urlOf(endpoint: string): string;
  /** How many POSTs have been answered since the last `take`. */
  count(): Promise<number>;
  /** All of them, in the order of their answers. */
  look(): Promise<readonly Arrival[]>;
  /** The same, and forgets them. */
  take(): Promise<readonly Arrival[]>;
  close(): Promise<void>;
}

export async function startReceiver(behaviour: ReceiverBehaviour = {}): Promise<Receiver> {
  const child = fork(RECEIVER, [JSON.stringify(behaviour)], {
    execArgv: ['--conditions=earshot-source'],
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting: PromiseWithResolvers<ReceiverReport>[] = [];
  const next = (): Promise<ReceiverReport> => {
    const report = Promise.withResolvers<ReceiverReport>();
    waiting.push(report);
    return report.promise;
  };
  child.on('message', (report: ReceiverReport) => waiting.shift()?.resolve(report));
  child.once('exit', () => {
    for (const report of waiting.splice(0)) report.reject(new Error('Cannot ask the receiver: it has ended'));
  });
  /** Answers come in the order of the questions. */
  const ask = (question: ReceiverQuestion): Promise<ReceiverReport> => {
    const answer = next();
    child.send(question);
    return answer;
  };
  const arrivals = async (type: 'look' | 'take'): Promise<readonly Arrival[]> => {
    const answer = await ask({ type });
    return answer.type === 'arrivals' ? answer.arrivals : [];
  };
  const ready = await next();
  const port = ready.type === 'ready' ? ready.port : 0;
  return {
    pid: child.pid ?? 0,
    urlOf: (endpoint) => `http://127.0.0.1:${port}/${endpoint}`,
    async count() {
      const answer = await ask({ type: 'count' });
      return answer.type === 'count' ? answer.count : 0;
    },
    look: () => arrivals('look'),
    take: () => arrivals('take'),
    async close() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
