import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { decodeFrame, decodeFrames, encodeFrame } from './event-stream-frame.ts';
import { ToneSegmenter, type ToneSegment } from './tone-segments.ts';

/** One StartStreamTranscription as the server sees it. */
export interface ServedTranscription {
  readonly headers: IncomingHttpHeaders;
  /** 8 kHz pieces as they arrive; ends with the client's end frame. */
  readonly audio: AsyncIterable<Int16Array>;
  sendWord(tone: ToneSegment, kind: 'partial' | 'final'): void;
  /** Ends the stream with an exception as the service sends it inside a stream. */
  fail(exceptionType: string, message: string): void;
  /** Answers with an HTTP error in place of a stream. */
  refuse(status: number, exceptionType: string): void;
  /** Breaks the TCP connection. */
  cut(): void;
}

export type TranscriptionBehaviour = (served: ServedTranscription) => Promise<void>;

export interface TranscribeServer {
  readonly url: string;
  /** Headers of every stream so far, in order. */
  readonly started: readonly IncomingHttpHeaders[];
  readonly openCount: number;
  close(): Promise<void>;
}

const answerHeaders = { ':status': 200, 'content-type': 'application/vnd.amazon.eventstream' };

/** Every tone is the word "tone", closed by 500 ms of silence or the end. */
export const hearTones: TranscriptionBehaviour = async (served) => {
  const tones = new ToneSegmenter(500);
  for await (const pcm of served.audio) {
    const ended = tones.push(pcm);
    for (const tone of ended) served.sendWord(tone, 'final');
    if (tones.open) served.sendWord({ startMs: tones.heardMs - 1, endMs: tones.heardMs }, 'partial');
  }
  for (const tone of tones.flush()) served.sendWord(tone, 'final');
};

/** Amazon Transcribe streaming over cleartext HTTP/2, one behaviour for each stream in turn, the last for the rest. */
export async function startTranscribeServer(
  behaviours: readonly TranscriptionBehaviour[] = [hearTones],
): Promise<TranscribeServer> {
  const server = createServer();
  const sessions = new Set<ServerHttp2Session>();
  const started: IncomingHttpHeaders[] = [];
  const failures: unknown[] = [];
  let openCount = 0;
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // A cut connection is what some tests ask for.
    session.on('error', () => undefined);
  });
  server.on('stream', (stream, headers) => {
    const behaviour = behaviours[Math.min(started.length, behaviours.length - 1)] ?? hearTones;
    started.push(headers);
    openCount += 1;
    stream.on('error', () => undefined);
    stream.on('close', () => (openCount -= 1));
    behaviour(serve(stream, headers)).then(
      () => endAnswer(stream),
      (error: unknown) => {
        if (!stream.aborted && !stream.destroyed) failures.push(error);
        stream.close();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    started,
    get openCount() {
      return openCount;
    },
    close: async () => {
      for (const session of sessions) session.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
      if (failures.length > 0) throw new AggregateError(failures, 'Transcribe server failed');
    },
  };
}

function endAnswer(stream: ServerHttp2Stream): void {
  if (stream.destroyed || stream.writableEnded) return;
  if (!stream.headersSent) stream.respond(answerHeaders);
  stream.end();
}

function serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): ServedTranscription {
  const send = (messageHeaders: Record<string, string>, body: unknown): void => {
    if (!stream.headersSent) stream.respond(answerHeaders);
    const payload = Buffer.from(JSON.stringify(body));
    stream.write(
      encodeFrame({ headers: { ':content-type': 'application/json', ...messageHeaders }, payload }),
    );
  };
  return {
    headers,
    audio: audioOf(stream),
    sendWord: (tone, kind) => {
      const eventHeaders = { ':message-type': 'event', ':event-type': 'TranscriptEvent' };
      send(eventHeaders, { Transcript: { Results: [wordResult(tone, kind === 'partial')] } });
    },
    fail: (exceptionType, message) => {
      send({ ':message-type': 'exception', ':exception-type': exceptionType }, { Message: message });
      stream.end();
    },
    refuse: (status, exceptionType) => {
      stream.respond({ ':status': status, 'x-amzn-errortype': exceptionType });
      stream.end(JSON.stringify({ Message: 'refused' }));
    },
    cut: () => stream.session?.socket.destroy(),
  };
}

/** Each event of the client is signed: a frame with date and signature around the frame with the audio. */
async function* audioOf(stream: ServerHttp2Stream): AsyncGenerator<Int16Array> {
  for await (const signed of decodeFrames(stream.iterator({ destroyOnReturn: false }))) {
    if (signed.payload.length === 0) return;
    const { headers, payload } = decodeFrame(signed.payload);
    if (headers[':event-type'] !== 'AudioEvent') throw new Error(`Cannot hear ${headers[':event-type']}`);
    if (payload.length === 0) return;
    const samples = new Int16Array(payload.length / 2);
    for (let index = 0; index < samples.length; index += 1) samples[index] = payload.readInt16LE(2 * index);
    yield samples;
  }
}

function wordResult(tone: ToneSegment, isPartial: boolean): unknown {
  const times = { StartTime: tone.startMs / 1000, EndTime: tone.endMs / 1000 };
  const items = [
    { ...times, Type: 'pronunciation', Content: 'tone' },
    { StartTime: times.EndTime, EndTime: times.EndTime, Type: 'punctuation', Content: '.' },
  ];
  return { ...times, IsPartial: isPartial, Alternatives: [{ Transcript: 'tone.', Items: items }] };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('Cannot read the port of the server');
  return address.port;
}
