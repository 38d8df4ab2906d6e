import { startPublisher, type PublisherSurroundings } from '@earshot/delivery-load';
import type { LogRecord, NodeProcess } from '@earshot/scripted-ingest';

/** A few publishers; whichever is killed is replaced. */
export interface PublisherFleet {
  /** Kills one of them, not the one that came last, and starts another. */
  kill(): Promise<void>;
  /** Rejects when one ended that nobody killed. */
  readonly endedByItself: Promise<never>;
  close(): Promise<void>;
}

const LINES_KEPT_MAX = 20;
const ENV = { PUBLISHER_SWEEP_EVERY_MS: '500', LOG_LEVEL: 'error' };

export async function startPublishers(
  surroundings: PublisherSurroundings,
  size: number,
): Promise<PublisherFleet> {
  const running: NodeProcess[] = [];
  const ended = Promise.withResolvers<never>();
  // Whoever waits for it learns of it; where nobody does, the test has ended.
  ended.promise.catch(() => undefined);

  async function add(): Promise<void> {
    const said: LogRecord[] = [];
    const onRecord = (record: LogRecord): void => {
      said.push(record);
      if (said.length > LINES_KEPT_MAX) said.shift();
    };
    const publisher = await startPublisher({ ...surroundings, env: ENV, onRecord });
    running.push(publisher);
    void publisher.exited.then((code) => {
      if (!running.includes(publisher)) return;
      ended.reject(new Error(`A publisher ended by itself: ${code}, ${JSON.stringify(said)}`));
    });
  }

  await Promise.all(Array.from({ length: size }, add));
  return {
    endedByItself: ended.promise,
    async kill() {
      const victim = running.shift();
      await victim?.stop('SIGKILL');
      await add();
    },
    async close() {
      await Promise.all(running.splice(0).map((publisher) => publisher.stop('SIGKILL')));
    },
  };
}
