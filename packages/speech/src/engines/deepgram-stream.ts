import type { ClientOptions, WebSocket } from 'ws';
import type { AppError } from '@earshot/domain';
import { resultOfMessage } from './deepgram-message.ts';
import { engineError, failureName, type EngineFailure } from './engine-failure.ts';
import { PushFeed } from './push-feed.ts';
import type { RecognitionStream, StreamResult } from './recognition-stream.ts';

export const DEEPGRAM = 'deepgram';

const HANDSHAKE_MS_MAX = 5000;
const MESSAGE_BYTES_MAX = 1024 * 1024;

/** One WebSocket. Errors of the handshake, a refused key among them, come out of `results`. */
export function openDeepgramStream(
  Socket: new (url: URL, options: ClientOptions) => WebSocket,
  url: URL,
  apiKey: string,
): RecognitionStream {
  const socket = new Socket(url, {
    headers: { authorization: `Token ${apiKey}` },
    handshakeTimeout: HANDSHAKE_MS_MAX,
    maxPayload: MESSAGE_BYTES_MAX,
    perMessageDeflate: false,
  });
  const results = new PushFeed<StreamResult>();
  /** Until the handshake is done: one utterance at most, as nothing is answered before. */
  const waiting: (Buffer | string)[] = [];
  const send = (data: Buffer | string): void => {
    if (socket.readyState === socket.OPEN) socket.send(data);
    else if (socket.readyState === socket.CONNECTING) waiting.push(data);
  };
  socket.on('open', () => {
    for (const data of waiting.splice(0)) socket.send(data);
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) takeMessage(socket, results, bytesOf(data).toString('utf8'));
  });
  socket.on('unexpected-response', (request, response) => {
    results.end(refusedHandshake(response.statusCode ?? 0));
    request.destroy();
  });
  socket.on('error', (error) => results.end(engineError(DEEPGRAM, 'unavailable', failureName(error))));
  socket.on('close', (code) => results.end(closeFailure(code)));
  return {
    send: (pcm) => send(Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)),
    finishUtterance: () => control(send, 'Finalize'),
    keepAlive: () => control(send, 'KeepAlive'),
    end: () => {
      control(send, 'CloseStream');
    },
    abandon: () => socket.terminate(),
    results,
  };
}

/** Adds no audio to the stream, so no samples. */
function control(send: (data: string) => void, type: 'Finalize' | 'KeepAlive' | 'CloseStream'): 0 {
  send(JSON.stringify({ type }));
  return 0;
}

function takeMessage(socket: WebSocket, results: PushFeed<StreamResult>, message: string): void {
  try {
    const result = resultOfMessage(message);
    if (result !== undefined) results.push(result);
  } catch (error) {
    // The parser's error may quote the message, which holds customer words.
    results.end(engineError(DEEPGRAM, 'unavailable', `unreadable message (${failureName(error)})`));
    socket.terminate();
  }
}

const statusFailures: Readonly<Record<number, EngineFailure>> = {
  400: 'refused',
  401: 'refused',
  402: 'refused',
  403: 'refused',
  404: 'refused',
  429: 'limited',
};

function refusedHandshake(status: number): AppError {
  return engineError(DEEPGRAM, statusFailures[status] ?? 'unavailable', `HTTP ${status}`);
}

/** 1000 follows our `CloseStream`; 1008 says that the audio or a parameter cannot be used. */
function closeFailure(code: number): AppError | undefined {
  if (code === 1000) return undefined;
  return engineError(DEEPGRAM, code === 1008 ? 'refused' : 'unavailable', `WebSocket close ${code}`);
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
