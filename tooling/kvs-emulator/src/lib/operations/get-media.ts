import { invalidArgument, KvsError } from '../kvs-error.ts';
import type { EmulatedCall } from '../emulated-call.ts';
import { optionalObject } from '../json-input.ts';
import { mediaBody, type MediaBodyOptions } from '../media-body.ts';
import type { Reply } from '../reply.ts';
import { startPosition } from '../start-position.ts';
import type { StreamRegistry } from '../stream-registry.ts';

/** Documented limit of concurrent readers of one stream. */
const READERS_MAX = 3;

export function getMedia(
  streams: StreamRegistry,
  call: EmulatedCall,
  options: Omit<MediaBodyOptions, 'signal'>,
): Reply {
  const stream = streams.find(call.input);
  const selector = optionalObject(call.input, 'StartSelector');
  if (selector === undefined) throw invalidArgument('StartSelector is missing');
  if (stream.readerCount >= READERS_MAX) {
    const message = `Cannot open media: ${stream.readerCount} readers reach limit ${READERS_MAX} of the stream`;
    throw new KvsError(400, 'ConnectionLimitExceededException', message);
  }
  const start = startPosition(stream, selector);
  stream.readerCount += 1;
  call.signal.addEventListener('abort', () => (stream.readerCount -= 1), { once: true });
  return {
    status: 200,
    headers: { 'content-type': 'video/x-matroska' },
    body: mediaBody(stream, start, { ...options, signal: call.signal }),
  };
}
