export { callSessionsQueue } from './lib/call-sessions-queue.ts';
export { connectQueues, type ConnectQueuesOptions } from './lib/connect-queues.ts';
export type {
  CallSessionJob,
  JobContext,
  JobHandler,
  JobOutcome,
  LaneJob,
  Producer,
  QueueConnection,
  QueueContract,
  RunningWorker,
} from './lib/contract-types.ts';
export type {
  LiveBus,
  LiveCommitted,
  LiveEnded,
  LiveEvent,
  LivePartial,
  LiveScope,
  LiveWatch,
} from './lib/live-bus/live-event.ts';
export { openLiveBus, type OpenLiveBusOptions } from './lib/live-bus/open-live-bus.ts';
export { createProducer, type ProducerOptions } from './lib/create-producer.ts';
export { lanesQueue } from './lib/lanes-queue.ts';
export { migrateQueues } from './lib/migrate-queues.ts';
export { isQueueError, type QueueErrorCode } from './lib/queue-error.ts';
export { runWorker, type WorkerRunOptions } from './lib/run-worker.ts';
