export type {
  Call,
  CallSession,
  CallStream,
  ConversationMessage,
  ConversationMessages,
  CreateCustomVocabularyBody,
  CreateEndpointBody,
  CustomVocabulary,
  CustomVocabularyPage,
  Delivery,
  DeliveryPage,
  DeliveryState,
  EndedDetail,
  Endpoint,
  EndpointAuth,
  EndpointAuthInput,
  EndpointPage,
  ErrorEnvelope,
  Health,
  FollowCallQuery,
  ListDeliveriesQuery,
  ListMessagesQuery,
  LiveEnd,
  LiveMessage,
  LivePartial,
  MediaReport,
  PageQuery,
  PartialWebhook,
  ProblemDocument,
  PutSpeechSettingsBody,
  PutRedactionPolicyBody,
  RedactionEntity,
  RedactionEntityPage,
  RedactionPolicy,
  SessionState,
  SpeechReport,
  SpeechSettings,
  StartStreamingBody,
  StartStreamingResponse,
  StopStreamingBody,
  StopStreamingResponse,
  StreamSummary,
  TranscriptToken,
  TranscriptWebhook,
  UpdateEndpointBody,
  UpdateRedactionEntityBody,
} from './lib/contract-types.ts';
export { ERROR_CODES, PARTICIPANT_STATUS, statusOfErrorCode, type ErrorCode } from './lib/error-codes.ts';
export { validateCreateCustomVocabularyBody } from './lib/validate-custom-vocabulary.ts';
export { validateCreateEndpointBody, validateUpdateEndpointBody } from './lib/validate-endpoint.ts';
export {
  validateFollowCallQuery,
  validateListCustomVocabulariesQuery,
  validateListDeliveriesQuery,
  validateListEndpointsQuery,
  validateListMessagesQuery,
  validateListRedactionEntitiesQuery,
  type RawQuery,
} from './lib/validate-query.ts';
export {
  validatePutRedactionPolicyBody,
  validateUpdateRedactionEntityBody,
} from './lib/validate-redaction.ts';
export { validatePutSpeechSettingsBody } from './lib/validate-speech-settings.ts';
export { validateStartStreamingBody, validateStopStreamingBody } from './lib/validate-streaming.ts';
export { validatePartialWebhook, validateTranscriptWebhook } from './lib/validate-transcript.ts';
export { problemText, type Problem, type Validation } from './lib/validation.ts';
export type { components, operations, paths } from './generated/types.gen.ts';
