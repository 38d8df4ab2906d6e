export {
  type CallMediaEvent,
  type CallMediaRequest,
  type CallMediaSource,
  type CallMediaStart,
  type ReconnectReason,
} from './lib/call-media.ts';
export { createCallMediaSource, type CallMediaSourceOptions } from './lib/create-call-media-source.ts';
export { type AssumedRole } from './lib/role-credentials.ts';
export {
  isMediaError,
  MEDIA_TROUBLES,
  mediaTrouble,
  type MediaErrorCode,
  type MediaProblemCode,
  type MediaTrouble,
} from './lib/media-trouble.ts';
