import { errorDocument } from '../connect-document.ts';
import type { EmulatedCall } from '../emulated-call.ts';
import { faultyBody } from '../faults/body-faults.ts';
import type { FaultPlans } from '../faults/fault-plans.ts';
import { repeatedFrom } from '../faults/repeat-on-reconnect.ts';
import { optionalObject } from '../json-input.ts';
import { invalidArgument, KvsError } from '../kvs-error.ts';
import { mediaParts } from '../media-parts.ts';
import { MediaSession, type MediaSessionOptions } from '../media-session.ts';
import type { Reply } from '../reply.ts';
import { startPosition } from '../start-position.ts';
import { StoredFragments } from '../stored-fragments.ts';
import type { StreamRegistry } from '../stream-registry.ts';

/** Documented limit of concurrent readers of one stream. */
const READERS_MAX = 3;

export function getMedia(
  streams: StreamRegistry,
  plans: FaultPlans,
  call: EmulatedCall,
  limits: Omit<MediaSessionOptions, 'signal'>,
): Reply {
  const stream = streams.find(call.input);
  const selector = optionalObject(call.input, 'StartSelector');
  if (selector === undefined) throw invalidArgument('StartSelector is missing');
  if (stream.readerCount >= READERS_MAX) {
    const message = `Cannot open media: ${stream.readerCount} readers reach limit ${READERS_MAX} of the stream`;
    throw new KvsError(400, 'ConnectionLimitExceededException', message);
  }
  const stored = new StoredFragments(stream, call.operation, () => plans.of(stream.options.name));
  const start = startPosition(stored, selector);
  const headers = { 'content-type': 'video/x-matroska' };
  if (start.type === 'error') return { status: 200, headers, body: errorDocument(start) };
  stream.readerCount += 1;
  stream.responseCount += 1;
  call.signal.addEventListener('abort', () => (stream.readerCount -= 1), { once: true });
  const session = new MediaSession(stream, { ...limits, signal: call.signal });
  const parts = mediaParts(stored, repeatedFrom(stored, start.ordinal), session);
  const options = { askedOrdinal: start.ordinal, signal: call.signal };
  return { status: 200, headers, body: faultyBody(parts, stored, options) };
}
