export { isSpeechEngine, speechEngines, type EngineAbilities, type SpeechEngine } from '@earshot/domain';
export {
  createAmazonTranscribeRecognizer,
  type AmazonTranscribeOptions,
} from './engines/amazon-transcribe-recognizer.ts';
export { createRecognizer, type RecognizerConfig } from './engines/create-recognizer.ts';
export { createDeepgramRecognizer, type DeepgramOptions } from './engines/deepgram-recognizer.ts';
export { EngineSet } from './engines/engine-set.ts';
export {
  createFallbackRecognizer,
  type FallbackEvent,
  type FallbackOptions,
} from './engines/fallback-recognizer.ts';
export { createLazyRecognizer } from './engines/lazy-recognizer.ts';
export { createRoutedRecognizer } from './engines/routed-recognizer.ts';
export { type SherpaModel } from './engines/sherpa-model-directory.ts';
export { createSherpaRecognizer, type SherpaOptions } from './engines/sherpa-recognizer.ts';
export { EchoGuard } from './lib/echo-guard.ts';
export { Endpointer } from './lib/endpointer.ts';
export { type EndpointerOptions } from './lib/endpointer-options.ts';
export { parseEndpointerSnapshot, type EndpointerSnapshot } from './lib/endpointer-snapshot.ts';
export {
  createMoonshineRecognizer,
  type MoonshineOptions,
  type SmallModelUse,
} from './lib/moonshine-recognizer.ts';
export { pcmFromBytes } from './lib/pcm.ts';
export { createSileroDetector } from './lib/silero-detector.ts';
export { isSpeechError, type SpeechErrorCode } from './lib/speech-error.ts';
export {
  type DecodePriority,
  type RecognizedSpeech,
  type RecognizedWord,
  type SpeechAudio,
  type SpeechRecognizer,
  type SpeechRecognizerCapabilities,
} from './lib/speech-recognizer.ts';
export { type SpeechCutCause, type SpeechSegment } from './lib/speech-segment.ts';
export { transcribePcm, type TranscribedSpeech, type TranscribePcmOptions } from './lib/transcribe-pcm.ts';
export { resamplePcm } from './lib/resample.ts';
export { upsample8To16 } from './lib/upsample.ts';
export {
  VAD_FRAME_SAMPLES,
  type VoiceActivityDetector,
  type VoiceActivityTrack,
} from './lib/voice-activity.ts';
export { readWav, writeWav, type WavAudio } from './lib/wav.ts';
