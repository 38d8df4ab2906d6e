export { AppError, isCodedError, type AppErrorOptions, type CodedError } from './lib/app-error.ts';
export {
  audioSummary,
  msToSamples,
  PCM_BYTES_PER_SAMPLE,
  samplesToMs,
  TELEPHONY_SAMPLE_RATE_HZ,
  type AudioSummary,
} from './lib/audio.ts';
export { beforeAbort } from './lib/before-abort.ts';
export {
  type CallSettings,
  type EndedReason,
  type MediaLocation,
  type RedactionOutput,
  type StartSelector,
} from './lib/call-settings.ts';
export { systemClock, type Clock } from './lib/clock.ts';
export { estimateTokens, type EstimatedToken, type VoicedSpan } from './lib/estimate-tokens.ts';
export { deriveMessageId, deriveUuid, deriveWebhookId, encodeUlid, newUlid } from './lib/ids.ts';
export { isoInstant } from './lib/iso-instant.ts';
export {
  type EngineFallback,
  type MediaHoles,
  type MediaReport,
  type MediaReportTrouble,
} from './lib/media-report.ts';
export { PARTICIPANT_ROLES, roleOrder, type ParticipantRole } from './lib/participant.ts';
export {
  isSpeechEngine,
  speechEngines,
  type EngineAbilities,
  type SpeechEngine,
} from './lib/speech-engine.ts';
export { type TranscriptMessage, type Utterance } from './lib/utterance.ts';
export { within } from './lib/within.ts';
