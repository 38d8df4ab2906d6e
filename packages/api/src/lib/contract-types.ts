import type { components } from '../generated/types.gen.ts';

type Schemas = components['schemas'];

export type StartStreamingBody = Schemas['StartStreamingBody'];
export type StartStreamingResponse = Schemas['StartStreamingResponse'];
export type StopStreamingBody = Schemas['StopStreamingBody'];
export type StopStreamingResponse = Schemas['StopStreamingResponse'];
export type StreamSummary = Schemas['StreamSummary'];
export type TranscriptWebhook = Schemas['TranscriptWebhook'];
export type PartialWebhook = Schemas['PartialWebhook'];
export type TranscriptToken = Schemas['TranscriptToken'];
export type ConversationMessage = Schemas['ConversationMessage'];
export type ConversationMessages = Schemas['ConversationMessages'];
export type Health = Schemas['Health'];
export type Call = Schemas['Call'];
export type CallSession = Schemas['CallSession'];
export type CallStream = Schemas['CallStream'];
export type LiveMessage = Schemas['LiveMessage'];
export type LivePartial = Schemas['LivePartial'];
export type LiveEnd = Schemas['LiveEnd'];
export type EndedDetail = Schemas['EndedDetail'];
export type MediaReport = Schemas['MediaReport'];
export type SessionState = Schemas['SessionState'];
export type Endpoint = Schemas['Endpoint'];
export type EndpointAuth = Schemas['EndpointAuth'];
export type EndpointAuthInput = Schemas['EndpointAuthInput'];
export type EndpointAuthInputs = Schemas['EndpointAuthInputs'];
export type EndpointWithSecret = Schemas['EndpointWithSecret'];
export type EndpointTest = Schemas['EndpointTest'];
export type CertificateFacts = Schemas['CertificateFacts'];
export type Circuit = Schemas['Circuit'];
export type RotateBody = Schemas['RotateBody'];
export type ReplayBody = Schemas['ReplayBody'];
export type ReplayResult = Schemas['ReplayResult'];
export type ReplayState = Schemas['ReplayState'];
export type ErasureReceipt = Schemas['ErasureReceipt'];
export type LegalHold = Schemas['LegalHold'];
export type LegalHoldPage = Schemas['LegalHoldPage'];
export type ErasedRows = Schemas['ErasedRows'];
export type RetentionCounts = Schemas['RetentionCounts'];
export type Recording = Schemas['Recording'];
export type RecordingList = Schemas['RecordingList'];
export type RetentionSettings = Schemas['RetentionSettings'];
export type VerifiedErasure = Schemas['VerifiedErasure'];
export type VerifiedErasurePage = Schemas['VerifiedErasurePage'];
export type Scope = Schemas['Scope'];
export type ApiKey = Schemas['ApiKey'];
export type ApiKeyWithSecret = Schemas['ApiKeyWithSecret'];
export type ApiKeyPage = Schemas['ApiKeyPage'];
export type CreateKeyBody = Schemas['CreateKeyBody'];
export type EndpointPage = Schemas['EndpointPage'];
export type CreateEndpointBody = Schemas['CreateEndpointBody'];
export type UpdateEndpointBody = Schemas['UpdateEndpointBody'];
export type CreateCustomVocabularyBody = Schemas['CreateCustomVocabularyBody'];
export type CustomVocabulary = Schemas['CustomVocabulary'];
export type CustomVocabularyPage = Schemas['CustomVocabularyPage'];
export type PutRedactionPolicyBody = Schemas['PutRedactionPolicyBody'];
export type RedactionEntity = Schemas['RedactionEntity'];
export type RedactionEntityPage = Schemas['RedactionEntityPage'];
export type RedactionPolicy = Schemas['RedactionPolicy'];
export type UpdateRedactionEntityBody = Schemas['UpdateRedactionEntityBody'];
export type PutSpeechSettingsBody = Schemas['PutSpeechSettingsBody'];
export type SpeechReport = Schemas['SpeechReport'];
export type SpeechSettings = Schemas['SpeechSettings'];
export type Delivery = Schemas['Delivery'];
export type DeliveryAttempt = Schemas['DeliveryAttempt'];
export type DeliveryDetail = Schemas['DeliveryDetail'];
export type DeliveryState = Schemas['DeliveryState'];
export type DeliveryPage = Schemas['DeliveryPage'];
export type OperationalEvent = Schemas['OperationalEvent'];
export type OperationalEventData = Schemas['OperationalEventData'];
export type OperationalEventPage = Schemas['OperationalEventPage'];
export type OperationalEventType = Schemas['OperationalEventType'];
export type TestEvent = Schemas['TestEvent'];
export type ListFeedsResponse = Schemas['ListFeedsResponse'];
export type ListFeedVersionsBody = Schemas['ListFeedVersionsBody'];
export type ListFeedVersionsResponse = Schemas['ListFeedVersionsResponse'];
export type ListFeedFormatsBody = Schemas['ListFeedFormatsBody'];
export type ListFeedFormatsResponse = Schemas['ListFeedFormatsResponse'];
export type ListFeedDatesBody = Schemas['ListFeedDatesBody'];
export type ListFeedDatesResponse = Schemas['ListFeedDatesResponse'];
export type ListFeedIntervalsBody = Schemas['ListFeedIntervalsBody'];
export type ListFeedIntervalsResponse = Schemas['ListFeedIntervalsResponse'];
export type ListFeedFilesBody = Schemas['ListFeedFilesBody'];
export type ListFeedFilesResponse = Schemas['ListFeedFilesResponse'];
export type GetFeedFileBody = Schemas['GetFeedFileBody'];
export type GetFeedFileResponse = Schemas['GetFeedFileResponse'];
export type ExportManifest = Schemas['ExportManifest'];
export type ExportUnit = Schemas['ExportUnit'];
export type ExportFile = Schemas['ExportFile'];
export type ExportRebuild = Schemas['ExportRebuild'];
export type Conversation = Schemas['Conversation'];
export type ConversationList = Schemas['ConversationList'];
export type FiledId = Schemas['FiledId'];
export type FileMessageBody = Schemas['FileMessageBody'];
export type FileMessagesBody = Schemas['FileMessagesBody'];
export type UpsertConversationBody = Schemas['UpsertConversationBody'];
export type Transcript = Schemas['Transcript'];
export type TranscriptLine = Schemas['TranscriptLine'];
export type ErrorEnvelope = Schemas['ErrorEnvelope'];
export type ProblemDocument = Schemas['Problem'];

/** Query parameters after their check: `limit` is a number by then. */
export interface ListMessagesQuery {
  readonly externalId: string;
  readonly cursor?: string;
}

export interface ListConversationsQuery {
  readonly externalId: string;
}

export interface ListConversationMessagesQuery {
  readonly cursor?: string;
}

export interface GetTranscriptQuery {
  readonly format?: 'vtt' | 'srt' | 'txt' | 'json';
  readonly leg?: number;
}

export interface GetRecordingQuery {
  readonly format?: 'mkv' | 'wav';
  readonly leg?: number;
}

export interface FollowCallQuery {
  readonly partials?: boolean;
}

export interface PageQuery {
  readonly cursor?: string;
  readonly limit?: number;
}

export interface ListDeliveriesQuery extends PageQuery {
  readonly endpointId?: string;
  readonly guid?: string;
  readonly state?: DeliveryState;
}

/** UTC days, such as `2026-11-22`. */
export interface GetRetentionCountsQuery {
  readonly from?: string;
  readonly to?: string;
}

/** UTC days, such as `2026-11-22`. */
export interface ListErasuresQuery extends PageQuery {
  readonly from?: string;
  readonly to?: string;
}

export interface ListEventsQuery extends PageQuery {
  readonly endpointId?: string;
  readonly type?: OperationalEventType;
}
