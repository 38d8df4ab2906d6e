export { type TrackNumbers } from './lib/call-document.ts';
export { type Gap } from './lib/call-writer.ts';
export { ensureStream, type EnsureStreamOptions } from './lib/ensure-stream.ts';
export { BLOCK_BYTES, type PcmSource } from './lib/pcm-reader.ts';
export { putCall, type PutCallOptions, type PutCallProgress, type PutCallResult } from './lib/put-call.ts';
export {
  openPutMedia,
  type MediaUpload,
  type PutMediaOptions,
  type PutMediaSummary,
} from './lib/put-media.ts';
