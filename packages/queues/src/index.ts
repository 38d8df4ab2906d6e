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
