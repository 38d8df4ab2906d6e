import {
  openDeliveryReader,
  openWriter,
  startPublisher,
  startReceiver,
  type DeliveryReader,
  type DeliveryWriter,
  type Receiver,
} from '@earshot/delivery-load';
import type { NodeProcess } from '@earshot/scripted-ingest';
import type { BenchContext } from '../bench.ts';
import type { LoadServices } from '../call-load/load-services.ts';
import { openStoredFigures, type StoredFigures } from '../call-load/stored-figures.ts';
import type { Backend } from './webhook-options.ts';

/** One publisher process with all that stands around it; the writer is the benchmark's own process. */
export interface WebhookWorld {
  readonly context: BenchContext;
  readonly services: LoadServices;
  readonly backend: Backend;
  readonly publisher: NodeProcess;
  readonly writer: DeliveryWriter;
  readonly reader: DeliveryReader;
  readonly figures: StoredFigures;
  readonly receiver: Receiver;
}

/** The endpoint whose receiver takes its time, and how long it takes. */
export const SLOW_ENDPOINT = 'slow';
const SLOW_MS = 2000;
const LINES_TOLD_MAX = 20;

export interface WorldOptions {
  readonly context: BenchContext;
  readonly services: LoadServices;
  readonly backend: Backend;
  readonly masterKey: string;
  /** Where the CPU profile of the publisher goes. */
  readonly profileDirectory: string | undefined;
}

export async function withWorld(
  options: WorldOptions,
  act: (world: WebhookWorld) => Promise<void>,
): Promise<void> {
  const { context, services, backend, masterKey, profileDirectory } = options;
  const databaseUrl = services.postgres.url;
  const redisUrl = backend === 'redis' ? services.redis?.url : undefined;
  const surroundings = { databaseUrl, redisUrl, masterKey };
  let lineCount = 0;
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const writer = await openWriter(surroundings);
    closing.unshift(() => writer.close());
    const reader = openDeliveryReader(databaseUrl);
    closing.unshift(() => reader.close());
    const figures = openStoredFigures(databaseUrl);
    closing.unshift(() => figures.close());
    const receiver = await startReceiver({ delaysMs: { [SLOW_ENDPOINT]: SLOW_MS } });
    closing.unshift(() => receiver.close());
    const publisher = await startPublisher({
      ...surroundings,
      nodeArguments:
        profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`],
      onRecord(record) {
        lineCount += 1;
        if (lineCount <= LINES_TOLD_MAX) context.say(JSON.stringify(record));
      },
    });
    closing.unshift(() => publisher.stop());
    await act({ context, services, backend, publisher, writer, reader, figures, receiver });
  } finally {
    for (const close of closing) await close();
  }
}
