import { createPacedCalls } from './paced-calls.ts';
import { readOptions, type PlayCall, type ProducerReport } from './producer-messages.ts';

// Started by `producers.ts`: plays the calls that it is told to, until its parent disconnects.
const calls = createPacedCalls(readOptions(process.argv[2] ?? ''));
const report = (message: ProducerReport): void => {
  if (process.connected) process.send?.(message);
};

process.on('message', (call: PlayCall) => {
  const { index } = call;
  calls.play(call).then(
    (finished) => report({ type: 'finished', index, ...finished }),
    (error: unknown) =>
      report({ type: 'failed', index, message: error instanceof Error ? error.message : '' }),
  );
});
process.once('disconnect', () => process.exit());
report({ type: 'ready' });
