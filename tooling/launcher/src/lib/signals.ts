import { createSignalJudge, type Shutdown } from './shutdown.ts';

export interface Signals {
  /** True when the end was asked for by a signal. */
  received(): boolean;
  dispose(): void;
}

/**
 * The first Ctrl-C (or SIGTERM, a closed terminal, a launcher that is gone) asks for an ordered end, the second one
 * ends everything at once.
 */
export function handleSignals(shutdown: Shutdown, say: (text: string) => void): Signals {
  const judge = createSignalJudge();
  let received = false;
  const onSignal = (): void => {
    switch (judge()) {
      case 'first':
        received = true;
        shutdown.request('asked to stop');
        break;
      case 'insists':
        say('  ! stopping at once\n');
        shutdown.killAll();
        process.exit(1);
        break;
      case 'echo':
        break;
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  // The first stage holds a channel to us; when it is killed, the channel closes.
  process.on('disconnect', onSignal);
  process.channel?.unref();
  return {
    received: () => received,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
      process.off('disconnect', onSignal);
    },
  };
}
