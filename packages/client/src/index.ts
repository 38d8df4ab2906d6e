export { type CaptionFormat, type ConversationCalls } from './lib/conversation-calls.ts';
export {
  createEarshotClient,
  type EarshotClient,
  type EarshotClientOptions,
} from './lib/create-earshot-client.ts';
export { type DeliveryCalls } from './lib/delivery-calls.ts';
export { type EventCalls } from './lib/event-calls.ts';
export { EarshotApiError, type EarshotApiErrorOptions, type FieldProblem } from './lib/earshot-api-error.ts';
export { type EndpointCalls } from './lib/endpoint-calls.ts';
export { type DownloadedFile, type DownloadOptions, type ExportCalls } from './lib/export-calls.ts';
export { type FollowEvent, type FollowOptions } from './lib/follow-call.ts';
export { type FollowEventsOptions, type FollowEventsQuery } from './lib/follow-events.ts';
export { type KeyCalls } from './lib/key-calls.ts';
export { type RecordingBytes, type RecordingRange } from './lib/read-recording.ts';
export {
  type DownloadedRecording,
  type DownloadRecordingOptions,
  type RecordingCalls,
} from './lib/recording-calls.ts';
export { type RedactionCalls } from './lib/redaction-calls.ts';
export { type RetentionCalls } from './lib/retention-calls.ts';
export { type Fetch } from './lib/try-once.ts';
export { type VocabularyCalls } from './lib/vocabulary-calls.ts';
