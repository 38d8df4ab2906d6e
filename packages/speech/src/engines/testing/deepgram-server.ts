import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { ToneSegmenter, type ToneSegment } from './tone-segments.ts';

export interface ServedDeepgram {
  readonly socket: WebSocket;
  /** What was heard last and what was said about it: a result spans from there to here. */
  sendResult(
    tones: readonly ToneSegment[],
    range: { startMs: number; endMs: number; fromFinalize: boolean },
  ): void;
}

export interface DeepgramBehaviour {
  readonly onAudio?: (served: ServedDeepgram, pcm: Int16Array) => void;
  readonly onControl?: (served: ServedDeepgram, type: string) => void;
  /** Refuses the handshake. */
  readonly status?: number;
}

export interface DeepgramServer {
  readonly url: string;
  /** Of every handshake so far, in order. */
  readonly started: readonly { readonly url: URL; readonly headers: IncomingHttpHeaders }[];
  /** Types of all control messages, in order. */
  readonly controls: readonly string[];
  close(): Promise<void>;
}

/** Every tone is the word "tone", answered at `Finalize` or `CloseStream`. */
export function hearTonesFinalized(): DeepgramBehaviour {
  const tones = new ToneSegmenter(500);
  const heard: ToneSegment[] = [];
  let answeredMs = 0;
  return {
    onAudio: (_, pcm) => heard.push(...tones.push(pcm)),
    onControl: (served, type) => {
      if (type === 'KeepAlive') return;
      heard.push(...tones.flush());
      const range = { startMs: answeredMs, endMs: tones.heardMs, fromFinalize: type === 'Finalize' };
      served.sendResult(heard.splice(0), range);
      answeredMs = tones.heardMs;
      if (type === 'CloseStream') served.socket.close(1000);
    },
  };
}

/** Deepgram's live endpoint, one behaviour for each connection in turn, the last for the rest. */
export async function startDeepgramServer(
  behaviours: readonly (() => DeepgramBehaviour)[] = [hearTonesFinalized],
): Promise<DeepgramServer> {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const started: { url: URL; headers: IncomingHttpHeaders }[] = [];
  const controls: string[] = [];
  http.on('upgrade', (request, connection, head) => {
    const behaviour = (behaviours[Math.min(started.length, behaviours.length - 1)] ?? hearTonesFinalized)();
    started.push({ url: new URL(request.url ?? '/', 'http://server'), headers: request.headers });
    if (behaviour.status !== undefined) {
      connection.end(`HTTP/1.1 ${behaviour.status} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => serve(socket, behaviour, controls));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `ws://127.0.0.1:${portOf(http.address())}/v1/listen`,
    started,
    controls,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

function serve(socket: WebSocket, behaviour: DeepgramBehaviour, controls: string[]): void {
  const served: ServedDeepgram = {
    socket,
    sendResult: (tones, range) => socket.send(JSON.stringify(resultsMessage(tones, range))),
  };
  socket.on('message', (data, isBinary) => {
    if (!Buffer.isBuffer(data)) throw new TypeError('Cannot read a message that is no Buffer');
    if (isBinary) {
      const samples = new Int16Array(data.length / 2);
      for (let index = 0; index < samples.length; index += 1) samples[index] = data.readInt16LE(2 * index);
      behaviour.onAudio?.(served, samples);
      return;
    }
    const { type } = asControl(JSON.parse(data.toString('utf8')));
    controls.push(type);
    behaviour.onControl?.(served, type);
  });
}

function resultsMessage(
  tones: readonly ToneSegment[],
  range: { startMs: number; endMs: number; fromFinalize: boolean },
): unknown {
  const words = tones.map(({ startMs, endMs }) => ({
    word: 'tone',
    punctuated_word: 'Tone,',
    start: startMs / 1000,
    end: endMs / 1000,
  }));
  const transcript = words.map((word) => word.punctuated_word).join(' ');
  return {
    type: 'Results',
    start: range.startMs / 1000,
    duration: (range.endMs - range.startMs) / 1000,
    is_final: true,
    speech_final: true,
    from_finalize: range.fromFinalize,
    channel: { alternatives: [{ transcript, words }] },
  };
}

/** Our own client wrote it. */
function asControl(message: unknown): { readonly type: string } {
  return message as { readonly type: string };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('Cannot read the port of the server');
  return address.port;
}
