import { runWorker } from '../lib/run-worker.ts';
import { connectQueues } from '../lib/connect-queues.ts';
import { probeQueue, readProbeOptions, SHORT_LOCK_MS } from './probe-queue.ts';

// Started as a process of its own by the contract suite, which kills it while it runs a job.
const { connect, queueName } = readProbeOptions(process.argv[2] ?? '');
const connection = await connectQueues(connect);
await runWorker(
  connection,
  probeQueue(queueName, { lockDurationMs: SHORT_LOCK_MS }),
  async () => {
    process.stdout.write('running\n');
    await new Promise<never>(() => undefined);
    return { type: 'done' };
  },
  {
    concurrency: 1,
    onError: (error) => process.stderr.write(`${String(error)}\n`),
  },
);
