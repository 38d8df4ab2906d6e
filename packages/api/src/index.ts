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
  ListDeliveriesQuery,
  ListMessagesQuery,
  MediaReport,
  PageQuery,
  ProblemDocument,
  SessionState,
  StartStreamingBody,
  StartStreamingResponse,
  StopStreamingBody,
  StopStreamingResponse,
  StreamSummary,
  TranscriptToken,
  TranscriptWebhook,
  UpdateEndpointBody,
} from './lib/contract-types.ts';
export { ERROR_CODES, PARTICIPANT_STATUS, statusOfErrorCode, type ErrorCode } from './lib/error-codes.ts';
export { validateCreateCustomVocabularyBody } from './lib/validate-custom-vocabulary.ts';
export { validateCreateEndpointBody, validateUpdateEndpointBody } from './lib/validate-endpoint.ts';
export {
  validateListCustomVocabulariesQuery,
  validateListDeliveriesQuery,
  validateListEndpointsQuery,
  validateListMessagesQuery,
  type RawQuery,
} from './lib/validate-query.ts';
export { validateStartStreamingBody, validateStopStreamingBody } from './lib/validate-streaming.ts';
export { validateTranscriptWebhook } from './lib/validate-transcript.ts';
export { problemText, type Problem, type Validation } from './lib/validation.ts';
export type { components, operations, paths } from './generated/types.gen.ts';
