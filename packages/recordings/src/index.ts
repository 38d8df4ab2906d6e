export { assembleRecording, type AssembledRecording } from './lib/assemble-recording.ts';
export { muxRecordingPart } from './lib/mux-recording-part.ts';
export { isRecordingError, type RecordingErrorCode } from './lib/recording-error.ts';
export { type RecordingInfo } from './lib/recording-header.ts';
export { BLOCK_MS, BYTES_PER_MS, CLUSTER_MS } from './lib/recording-layout.ts';
export { type RecordingPart } from './lib/recording-pieces.ts';
export { type RecordingCue, type RecordingMute, type RecordingStretch } from './lib/recording-stretch.ts';
export {
  readCaptions,
  type CaptionCue,
  type CaptionLimits,
  type Captions,
  type CaptionTrack,
} from './lib/read-captions.ts';
export { checkRecording, type RecordingCheck } from './lib/check-recording.ts';
export { recordingToWav } from './lib/recording-to-wav.ts';
export { wavByteCount } from './lib/wav-header.ts';
export { openCaptionedFile, type CaptionedAudio, type CaptionedFile } from './lib/open-captioned-file.ts';
export { plainCaption } from './lib/plain-caption.ts';
export { readTrackPcm } from './lib/read-track-pcm.ts';
