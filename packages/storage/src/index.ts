export type { CallSession, CallStream, SessionState, SessionTrouble } from './stores/call-session.ts';
export type {
  CallStore,
  CommitOutcome,
  CommitUtteranceInput,
  EndSessionInput,
  LaneKey,
  LeaseControl,
  LeaseKey,
  LeasedSession,
  RequestStopOutcome,
  SaveMediaReportInput,
  SaveProgressInput,
  StartSessionInput,
  StartSessionOutcome,
  StreamProgress,
} from './stores/calls.ts';
export type {
  DeliveryAttempt,
  DeliveryReplays,
  DeliveryWithAttempts,
  ReplayBatchInput,
  ReplayedBatch,
  RetryDeliveryOutcome,
  UndeliveredState,
} from './stores/delivery-replays.ts';
export type { CircuitCounts, CircuitState, CircuitStore, StoredCircuit } from './stores/circuits.ts';
export type {
  Endpoint,
  EndpointAuth,
  EndpointFields,
  EndpointStore,
  HeadOfLine,
  NewEndpointFields,
  PartialsClaim,
  PartialsClaims,
  SealedEndpointSecret,
} from './stores/endpoints.ts';
export type {
  BuiltExportUnit,
  DueExportDay,
  ExportClaim,
  ExportDay,
  ExportFile,
  ExportStore,
  ExportUnit,
} from './stores/exports.ts';
export type {
  DayUtterances,
  StoredUtterance,
  UtterancePosition,
  UtteranceStore,
} from './stores/utterances.ts';
export type {
  ApiKeyRecord,
  DataKeyRow,
  DataKeyStore,
  KeyStore,
  KinesisSource,
  KinesisSourceStore,
  NewApiKey,
  StoredApiKey,
  TenantStore,
} from './stores/keys.ts';
export type { Delivery, DeliveryRecord, DeliveryResult, DeliveryState, LaneStore } from './stores/lanes.ts';
export type { CommitPosition, CommittedMessage, LiveMessageStore } from './stores/live-messages.ts';
export type { DroppedDays, MessageDays } from './stores/message-days.ts';
export type {
  ConversationParty,
  ConversationStore,
  StoredConversation,
  UpsertConversationInput,
} from './stores/conversations.ts';
export type {
  ConversationVersion,
  FiledMessage,
  MessageCursor,
  MessagePage,
  MessageStore,
  SpokenAt,
  StoredMessage,
  TimedMessage,
} from './stores/messages.ts';
export type { MessageFinding, SealedBody, WebhookBody } from './stores/raw-text.ts';
export type { NotificationChannel, Notifications } from './stores/notifications.ts';
export type {
  NoticeResult,
  OperationalEvent,
  OperationalEventStore,
  OperationalEventType,
  OperationalNotice,
} from './stores/operational-events.ts';
export type {
  AddPartOutcome,
  FinishClaim,
  FinishResult,
  RecordedMessage,
  Recording,
  RecordingFile,
  RecordingHole,
  RecordingLeg,
  RecordingPart,
  RecordingState,
  RecordingStore,
} from './stores/recordings.ts';
export type {
  RedactionSettings,
  RedactionSettingsChange,
  RedactionSettingsStore,
  StoredRedactionSettings,
  UpdateRedactionSettingsOutcome,
} from './stores/redaction-settings.ts';
export type {
  ErasedCounts,
  ErasedRecording,
  EraseOutcome,
  Erasure,
  ErasureReceipt,
  ErasureReceiptPage,
  ErasureRequest,
  ErasureSubject,
  LegalHold,
  LegalHoldPage,
  RetentionSettings,
  RetentionStore,
} from './stores/retention.ts';
export type { ErasedDay, ErasedRows, KeptRows, RetentionCounts } from './stores/retention-counts.ts';
export type { SpeechSettingsStore } from './stores/speech-settings.ts';
export {
  VOCABULARY_COUNT_MAX,
  type CreateVocabularyOutcome,
  type CustomVocabulary,
  type VocabularyStore,
} from './stores/vocabularies.ts';
export { createStorage, type Storage, type StorageOptions } from './storage.ts';
export { migrate } from './migrate.ts';
export { isStorageError, type StorageErrorCode } from './postgres/storage-error.ts';
