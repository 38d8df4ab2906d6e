import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { scriptedPcm } from '../testing.ts';
import { createDeepgramRecognizer, type DeepgramOptions } from './deepgram-recognizer.ts';
import {
  hearTonesFinalized,
  startDeepgramServer,
  type DeepgramBehaviour,
  type DeepgramServer,
  type ServedDeepgram,
} from './testing/deepgram-server.ts';

const opened: (DeepgramServer | SpeechRecognizer)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function serve(...behaviours: (() => DeepgramBehaviour)[]): Promise<DeepgramServer> {
  const server = await startDeepgramServer(behaviours.length === 0 ? [hearTonesFinalized] : behaviours);
  opened.push(server);
  return server;
}

const testOptions = {
  apiKey: 'canary-secret',
  languages: ['en-US', 'es'],
  sendSpeed: Number.POSITIVE_INFINITY,
  settleMs: 200,
  retryDelayMs: 1,
};

async function recognizerFor(
  server: DeepgramServer,
  options: Partial<DeepgramOptions> = {},
): Promise<SpeechRecognizer> {
  const recognizer = await createDeepgramRecognizer({ ...testOptions, url: server.url, ...options });
  opened.push(recognizer);
  return recognizer;
}

/** A tone from 200 to 700 ms. */
const speech = scriptedPcm([
  { durationMs: 200, amplitude: 0 },
  { durationMs: 500, amplitude: 8000 },
  { durationMs: 200, amplitude: 0 },
]);
const audio = { pcm: speech, language: 'en-US', callId: 'call-1' };
const heard = {
  text: 'Tone,',
  // The tone crosses the loudness the server listens for within a few samples of its edges.
  words: [
    {
      content: 'Tone',
      startMs: expect.closeTo(200, -0.5),
      endMs: expect.closeTo(700, -0.5),
      punctuationAfter: ',',
    },
  ],
};

/** Ends its server as well. */
function withServer(recognizer: SpeechRecognizer, server: DeepgramServer): SpeechRecognizer {
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await recognizer.close();
    await server.close();
  };
  return { ...recognizer, close: async () => await (closing ??= close()) };
}

describeSpeechRecognizer(
  'createDeepgramRecognizer',
  async (limits) => {
    const server = await startDeepgramServer();
    const { inFlightMax: sessionsMax = 25, queuedMax: queuedDecodesMax = 256 } = limits ?? {};
    const options = { ...testOptions, url: server.url, sessionsMax, queuedDecodesMax };
    return withServer(await createDeepgramRecognizer(options), server);
  },
  {
    hearsTones: true,
    connected: {
      connect: async (cutCount) => {
        let fed: (() => void) | undefined;
        const cut = (): DeepgramBehaviour => ({ onAudio: ({ socket }) => socket.terminate() });
        const hear = (): DeepgramBehaviour => {
          const tones = hearTonesFinalized();
          return {
            ...tones,
            onControl: (served, type) => {
              if (type === 'KeepAlive') fed?.();
              tones.onControl?.(served, type);
            },
          };
        };
        const cuts = Array.from({ length: Math.min(cutCount, 10) }, () => cut);
        const server = await startDeepgramServer([...cuts, hear]);
        const options = { ...testOptions, url: server.url, keepAliveMs: 5 };
        return {
          recognizer: withServer(await createDeepgramRecognizer(options), server),
          connectionCount: () => server.started.length,
          keptAlive: () => new Promise((resolve) => (fed = resolve)),
        };
      },
    },
  },
);

describe('createDeepgramRecognizer', () => {
  it('gives words with times from the first sample of each utterance, on one connection for a call', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server, { keyterms: ['Zyrtec', 'copay card'] });
    for (let turn = 0; turn < 3; turn += 1) expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.controls).toEqual(['Finalize', 'Finalize', 'Finalize']);
    expect(server.started.map(({ headers }) => headers.authorization)).toEqual(['Token canary-secret']);
    expect([...(server.started[0]?.url.searchParams ?? [])]).toEqual([
      ['model', 'nova-3'],
      ['language', 'en-US'],
      ['encoding', 'linear16'],
      ['sample_rate', '8000'],
      ['channels', '1'],
      ['punctuate', 'true'],
      ['interim_results', 'false'],
      ['keyterm', 'Zyrtec'],
      ['keyterm', 'copay card'],
    ]);
  });

  it('expects the phrases of a call beside those of the operator, as many as fit', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server, { keyterms: ['Zyrtec'] });
    const phrases = Array.from({ length: 200 }, (_, index) => `name ${index}`);
    await recognizer.recognize({ ...audio, phrases: ['copay card'] });
    await recognizer.recognize({ ...audio, phrases: ['copay card'] });
    await recognizer.recognize({ ...audio, phrases });
    await recognizer.recognize({ ...audio, phrases: ['x'.repeat(2000)] });
    expect(server.started.map(({ url }) => url.searchParams.getAll('keyterm'))).toEqual([
      ['Zyrtec', 'copay card'],
      ['Zyrtec', ...phrases.slice(0, 99)],
      ['Zyrtec'],
    ]);
  });

  it('knows silence from a missing answer and keeps the connection', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server);
    const silence = { ...audio, pcm: new Int16Array(8000) };
    expect(await recognizer.recognize(silence)).toEqual({ text: '' });
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(1);
  });

  it('closes the stream to get the answer where Finalize brings none', async () => {
    const server = await serve(() => {
      const tones = hearTonesFinalized();
      return {
        ...tones,
        onControl: (served, type) => {
          if (type !== 'Finalize') tones.onControl?.(served, type);
        },
      };
    });
    const recognizer = await recognizerFor(server, { settleMs: 20 });
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it('does not take the flush of an utterance for the answer to the next', async () => {
    const server = await serve(() => {
      const tones = hearTonesFinalized();
      let staleFlush: (() => void) | undefined;
      return {
        onAudio: (served, pcm) => {
          staleFlush?.();
          staleFlush = undefined;
          tones.onAudio?.(served, pcm);
        },
        onControl: (served, type) => {
          const unflushed: ServedDeepgram = {
            ...served,
            sendResult: (heardTones, range) => {
              // Late, so that the flush before it has its chance to be mistaken.
              setTimeout(() => served.sendResult(heardTones, { ...range, fromFinalize: false }), 20);
              const end = { startMs: range.endMs, endMs: range.endMs, fromFinalize: true };
              staleFlush = () => served.sendResult([], end);
            },
          };
          tones.onControl?.(unflushed, type);
        },
      };
    });
    const recognizer = await recognizerFor(server);
    for (let turn = 0; turn < 3; turn += 1) expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(1);
  });

  it('keeps an idle connection alive', async () => {
    const alive = Promise.withResolvers<void>();
    const server = await serve(() => {
      const tones = hearTonesFinalized();
      return {
        ...tones,
        onControl: (served, type) => {
          if (type === 'KeepAlive') alive.resolve();
          tones.onControl?.(served, type);
        },
      };
    });
    const recognizer = await recognizerFor(server, { keepAliveMs: 5 });
    await recognizer.recognize(audio);
    await alive.promise;
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(1);
  });

  it.each<{ given: string; behaviour: () => DeepgramBehaviour }>([
    {
      given: 'a connection cut in mid-utterance',
      behaviour: () => ({ onAudio: ({ socket }) => socket.terminate() }),
    },
    {
      given: 'a server that lost sight of the audio',
      behaviour: () => ({ onAudio: ({ socket }) => socket.close(1011) }),
    },
    {
      given: 'an early end of the stream',
      behaviour: () => ({ onAudio: ({ socket }) => socket.close(1000) }),
    },
    { given: 'a service that is away', behaviour: () => ({ status: 503 }) },
    { given: 'too many connections', behaviour: () => ({ status: 429 }) },
    {
      given: 'an answer that cannot be read',
      behaviour: () => ({ onControl: ({ socket }) => socket.send('{"type":"Results","start":') }),
    },
  ])('plays the utterance again from its beginning after $given', async ({ behaviour }) => {
    const server = await serve(behaviour, hearTonesFinalized);
    const recognizer = await recognizerFor(server);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it.each<{ given: string; behaviour: () => DeepgramBehaviour; want: object; tries: number }>([
    {
      given: 'a refused key',
      behaviour: () => ({ status: 401 }),
      want: { code: 'speech.engine-refused', retryable: false },
      tries: 1,
    },
    {
      given: 'audio that cannot be used',
      behaviour: () => ({ onAudio: ({ socket }) => socket.close(1008, 'my PIN is 5937') }),
      want: { code: 'speech.engine-refused', retryable: false },
      tries: 1,
    },
    {
      given: 'too many connections for good',
      behaviour: () => ({ status: 429 }),
      want: { code: 'speech.engine-limited', retryable: true },
      tries: 3,
    },
    {
      given: 'answers that cannot be read',
      behaviour: () => ({ onControl: ({ socket }) => socket.send('my PIN is 5937') }),
      want: { code: 'speech.engine-unavailable', retryable: true },
      tries: 3,
    },
    {
      given: 'a service that never answers',
      behaviour: () => ({}),
      want: { code: 'speech.engine-unavailable', retryable: true },
      tries: 3,
    },
  ])('fails typed after $given', async ({ behaviour, want, tries }) => {
    const server = await serve(behaviour);
    const recognizer = await recognizerFor(server, { answerMsMax: 300, settleMs: 20 });
    const error: unknown = await recognizer.recognize(audio).catch((cause: unknown) => cause);
    expect(error).toMatchObject(want);
    expect(inspect(error, { depth: 10 })).not.toMatch(/5937|canary-secret/);
    expect(server.started).toHaveLength(tries);
  });

  it.each<{ given: string; options: Partial<DeepgramOptions> }>([
    { given: 'no language', options: { languages: [] } },
    { given: 'a key with a line break', options: { apiKey: 'canary-secret\n' } },
    { given: 'an address that is no WebSocket', options: { url: 'https://127.0.0.1' } },
    { given: 'too many keyterms', options: { keyterms: Array.from({ length: 101 }, () => 'word') } },
    { given: 'audio slower than spoken', options: { sendSpeed: 0.5 } },
  ])('refuses $given', async ({ options }) => {
    const creation = createDeepgramRecognizer({ ...testOptions, ...options });
    await expect(creation).rejects.toMatchObject({ code: 'speech.option-invalid' });
    await expect(creation).rejects.not.toThrow('canary-secret');
  });
});
