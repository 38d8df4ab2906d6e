/** The inside of one call, for suites that put it under stress without queues and a store. */
export type { CreateEndpointer } from './call-track.ts';
export { createIngestMetrics } from './ingest-metrics.ts';
export type { RecordingPlace } from './recording/open-recorder.ts';
export {
  createRecordedSession,
  type RecordedSession,
  type RecordedSource,
} from './testing/recorded-session.ts';
export { createTenantRedactions, type TenantRedactions } from './tenant-redactions.ts';
export { transcribeCall, type CallOutcome, type TranscribeCallDeps } from './transcribe-call.ts';
