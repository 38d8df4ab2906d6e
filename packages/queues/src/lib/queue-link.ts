import type { Job, JobsOptions, WorkerOptions } from 'bullmq';
import type { QueueConnection } from './contract-types.ts';

/** What a producer asks of BullMQ's `Queue`. */
export interface LinkQueue {
  waitUntilReady(): Promise<unknown>;
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  close(): Promise<void>;
}

/** What `runWorker` asks of BullMQ's `Worker`. */
export interface LinkWorker {
  waitUntilReady(): Promise<unknown>;
  pause(doNotWaitActive: boolean): Promise<void>;
  resume(): Promise<void>;
  close(force: boolean): Promise<void>;
  disconnect(): Promise<void>;
}

export interface WorkerEvents {
  readonly onError: (error: unknown) => void;
  readonly onLocksRenewed: (jobIds: readonly string[]) => void;
  readonly onLocksLost: (jobIds: readonly string[]) => void;
}

export type WorkerSettings = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** How a connection makes BullMQ's parts on its backend. */
export interface QueueLink {
  openQueue(name: string): LinkQueue;
  openWorker(
    name: string,
    process: (job: Job, token: string | undefined) => Promise<void>,
    settings: WorkerSettings,
    events: WorkerEvents,
  ): LinkWorker;
}

const links = new WeakMap<QueueConnection, QueueLink>();

export function registerLink(connection: QueueConnection, link: QueueLink): QueueConnection {
  links.set(connection, link);
  return connection;
}

/** The link behind a connection that `connectQueues` made. */
export function linkOf(connection: QueueConnection): QueueLink {
  const link = links.get(connection);
  if (link === undefined) throw new TypeError('Cannot use queue connection: connectQueues did not make it');
  return link;
}
