import type { IncomingHttpHeaders } from 'node:http';
import type { EmulatedCall } from '../emulated-call.ts';
import type { JsonObject } from '../json-input.ts';
import { invalidArgument, KvsError } from '../kvs-error.ts';
import { PutMediaIntake, type Acknowledgement, type IntakeOptions } from '../put-media-intake.ts';
import type { Reply } from '../reply.ts';
import type { StreamRegistry } from '../stream-registry.ts';
import type { VideoStream } from '../video-stream.ts';

/** The stream of a PutMedia request stands in its headers. */
export function putMediaInput(headers: IncomingHttpHeaders): JsonObject {
  return { StreamName: headers['x-amzn-stream-name'], StreamARN: headers['x-amzn-stream-arn'] };
}

/** Takes a producer's document; answers with one JSON line for every step of every fragment while it comes in. */
export function putMedia(
  streams: StreamRegistry,
  call: EmulatedCall,
  { requireAllTracks }: Pick<IntakeOptions, 'requireAllTracks'>,
): Reply {
  const stream = streams.find(call.input);
  if (stream.hasProducer) {
    const message = `Cannot put media: the stream ${stream.options.name} has a producer already`;
    throw new KvsError(400, 'ConnectionLimitExceededException', message);
  }
  const intake = new PutMediaIntake(stream, { ...timecodes(call.headers), requireAllTracks });
  stream.hasProducer = true;
  call.signal.addEventListener('abort', () => release(stream, intake), { once: true });
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: acknowledgements(call, intake),
  };
}

async function* acknowledgements(call: EmulatedCall, intake: PutMediaIntake): AsyncGenerator<Uint8Array> {
  for await (const chunk of call.body) {
    const lines = [...intake.write(chunk)];
    if (lines.length > 0) yield encode(lines);
    if (intake.isRefused) return;
  }
  const lines = [...intake.finish()];
  if (lines.length > 0) yield encode(lines);
}

function release(stream: VideoStream, intake: PutMediaIntake): void {
  intake.abandon();
  stream.hasProducer = false;
}

function encode(lines: readonly Acknowledgement[]): Uint8Array {
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

function timecodes(headers: IncomingHttpHeaders): Omit<IntakeOptions, 'requireAllTracks'> {
  const timecodeType = headers['x-amzn-fragment-timecode-type'] ?? 'ABSOLUTE';
  if (timecodeType !== 'ABSOLUTE' && timecodeType !== 'RELATIVE') {
    throw invalidArgument('x-amzn-fragment-timecode-type is neither ABSOLUTE nor RELATIVE');
  }
  const producerStartMs = Number(headers['x-amzn-producer-start-timestamp'] ?? 0) * 1000;
  if (!Number.isFinite(producerStartMs))
    throw invalidArgument('x-amzn-producer-start-timestamp is not a number');
  return { timecodeType, producerStartMs };
}
