import { once } from 'node:events';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import type { SpeechRecognizer } from '../lib/speech-recognizer.ts';
import { scriptedPcm } from '../testing.ts';
import {
  createAmazonTranscribeRecognizer,
  type AmazonTranscribeOptions,
} from './amazon-transcribe-recognizer.ts';
import {
  hearTones,
  type ServedTranscription,
  startTranscribeServer,
  type TranscribeServer,
  type TranscriptionBehaviour,
} from './testing/transcribe-server.ts';
import { ToneSegmenter, type ToneSegment } from './testing/tone-segments.ts';

const opened: (TranscribeServer | SpeechRecognizer)[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function serve(...behaviours: TranscriptionBehaviour[]): Promise<TranscribeServer> {
  const server = await startTranscribeServer(behaviours.length === 0 ? [hearTones] : behaviours);
  opened.push(server);
  return server;
}

const testOptions = {
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'canary-secret' },
  languages: ['en-US', 'es-US'],
  sendSpeed: Number.POSITIVE_INFINITY,
  settleMs: 200,
  answerSpeed: Number.POSITIVE_INFINITY,
  retryDelayMs: 1,
};

async function recognizerFor(
  server: TranscribeServer,
  options: Partial<AmazonTranscribeOptions> = {},
): Promise<SpeechRecognizer> {
  const recognizer = await createAmazonTranscribeRecognizer({
    ...testOptions,
    endpointUrl: server.url,
    ...options,
  });
  opened.push(recognizer);
  return recognizer;
}

/** A tone from 200 to 700 ms. */
const speech = scriptedPcm([
  { durationMs: 200, amplitude: 0 },
  { durationMs: 500, amplitude: 8000 },
  { durationMs: 200, amplitude: 0 },
]);
const silence = new Int16Array(8000);
const audio = { pcm: speech, language: 'en-US', callId: 'call-1' };
const heard = {
  text: 'tone.',
  // The tone crosses the loudness the server listens for within a few samples of its edges.
  words: [
    {
      content: 'tone',
      startMs: expect.closeTo(200, -0.5),
      endMs: expect.closeTo(700, -0.5),
      punctuationAfter: '.',
    },
  ],
};

/** Hears until a tone began, then does as told. */
function atFirstTone(act: (served: ServedTranscription) => void): TranscriptionBehaviour {
  return async (served) => {
    const tones = new ToneSegmenter(500);
    for await (const pcm of served.audio) {
      tones.push(pcm);
      if (!tones.open) continue;
      act(served);
      return;
    }
  };
}

/** Ends its server as well. */
function withServer(recognizer: SpeechRecognizer, server: TranscribeServer): SpeechRecognizer {
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await recognizer.close();
    await server.close();
  };
  return { ...recognizer, close: async () => await (closing ??= close()) };
}

describeSpeechRecognizer(
  'createAmazonTranscribeRecognizer',
  async (limits) => {
    const server = await startTranscribeServer();
    const { inFlightMax: sessionsMax = 25, queuedMax: queuedDecodesMax = 256 } = limits ?? {};
    const options = { ...testOptions, endpointUrl: server.url, sessionsMax, queuedDecodesMax };
    return withServer(await createAmazonTranscribeRecognizer(options), server);
  },
  {
    hearsTones: true,
    connected: {
      connect: async (cutCount) => {
        let fed: (() => void) | undefined;
        const cut = atFirstTone((served) => served.cut());
        const hear: TranscriptionBehaviour = async (served) => {
          const tones = new ToneSegmenter(500);
          for await (const pcm of served.audio) {
            for (const tone of tones.push(pcm)) served.sendWord(tone, 'final');
            if (!pcm.some((sample) => sample !== 0)) fed?.();
          }
          for (const tone of tones.flush()) served.sendWord(tone, 'final');
        };
        const cuts = Array.from({ length: Math.min(cutCount, 10) }, () => cut);
        const server = await startTranscribeServer([...cuts, hear]);
        const options = { ...testOptions, endpointUrl: server.url, keepAliveMs: 5 };
        return {
          recognizer: withServer(await createAmazonTranscribeRecognizer(options), server),
          connectionCount: () => server.started.length,
          keptAlive: () => new Promise((resolve) => (fed = resolve)),
        };
      },
    },
  },
);

describe('createAmazonTranscribeRecognizer', () => {
  it('gives words with times from the first sample of each utterance, on one stream for a call', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server);
    for (let turn = 0; turn < 3; turn += 1) expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(1);
    expect(server.started[0]).toMatchObject({
      ':path': '/stream-transcription',
      'x-amzn-transcribe-language-code': 'en-US',
      'x-amzn-transcribe-sample-rate': '8000',
      'x-amzn-transcribe-media-encoding': 'pcm',
    });
  });

  it('opens a stream for each call and each language', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server, { vocabularyName: 'names' });
    await recognizer.recognize(audio);
    await recognizer.recognize({ ...audio, callId: 'call-2' });
    await recognizer.recognize({ ...audio, language: 'es' });
    expect(
      server.started.map((headers) => [
        headers['x-amzn-transcribe-language-code'],
        headers['x-amzn-transcribe-vocabulary-name'],
      ]),
    ).toEqual([
      ['en-US', 'names'],
      ['en-US', 'names'],
      ['es-US', undefined],
    ]);
  });

  it('ends the stream to learn that nothing was said, and opens another for the next utterance', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server);
    expect(await recognizer.recognize({ ...audio, pcm: silence })).toEqual({ text: '' });
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it('waits for a slow answer, and loses none of its words', async () => {
    const server = await serve(async (served) => {
      const tones = new ToneSegmenter(500);
      const late: ToneSegment[] = [];
      for await (const pcm of served.audio) late.push(...tones.push(pcm));
      for (const tone of [...late, ...tones.flush()]) served.sendWord(tone, 'final');
    });
    const recognizer = await recognizerFor(server, { settleMs: 20 });
    for (let turn = 0; turn < 2; turn += 1) expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it('keeps a stream that answers at the pace of speech, however fast it is sent', async () => {
    const server = await serve(async (served) => {
      const tones = new ToneSegmenter(500);
      for await (const pcm of served.audio) {
        for (const tone of tones.push(pcm)) setTimeout(() => served.sendWord(tone, 'final'), 800);
      }
    });
    const recognizer = await recognizerFor(server, { answerSpeed: 1 });
    for (let turn = 0; turn < 2; turn += 1) expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(1);
  });

  it('begins no try after its time', async () => {
    const server = await serve(atFirstTone((served) => served.cut()));
    const recognizer = await recognizerFor(server, { retryDelayMs: 50, retryMsMax: 40 });
    await expect(recognizer.recognize(audio)).rejects.toMatchObject({ code: 'speech.engine-unavailable' });
    expect(server.started).toHaveLength(1);
  });

  it('hears words that come long before the end of the utterance, and all that follow', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server);
    const pcm = Int16Array.from([...speech, ...silence, ...speech]);
    const { text, words } = await recognizer.recognize({ ...audio, pcm });
    expect(text).toBe('tone. tone.');
    expect(words?.map(({ startMs }) => Math.round(startMs / 100))).toEqual([2, 21]);
  });

  it('feeds silence to a stream that nobody speaks on', async () => {
    let idleMs = 0;
    const fed = Promise.withResolvers<void>();
    const server = await serve(async (served) => {
      const tones = new ToneSegmenter(500);
      for await (const pcm of served.audio) {
        for (const tone of tones.push(pcm)) served.sendWord(tone, 'final');
        if (tones.heardMs > 2200) {
          idleMs = tones.heardMs;
          fed.resolve();
        }
      }
    });
    const recognizer = await recognizerFor(server, { keepAliveMs: 5 });
    await recognizer.recognize(audio);
    await fed.promise;
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(idleMs).toBeGreaterThan(2200);
    expect(server.started).toHaveLength(1);
  });

  it.each<{ given: string; behaviour: TranscriptionBehaviour }>([
    { given: 'a connection cut in mid-utterance', behaviour: atFirstTone((served) => served.cut()) },
    { given: 'a stream that ends in mid-utterance', behaviour: atFirstTone(() => undefined) },
    {
      given: 'an internal failure',
      behaviour: atFirstTone((served) => served.fail('InternalFailureException', 'no')),
    },
    {
      given: 'too many streams',
      behaviour: atFirstTone((served) => served.fail('LimitExceededException', 'no')),
    },
    {
      given: 'a service that is away',
      behaviour: (served) => {
        served.refuse(503, 'ServiceUnavailableException');
        return Promise.resolve();
      },
    },
  ])('plays the utterance again from its beginning after $given', async ({ behaviour }) => {
    const server = await serve(behaviour, hearTones);
    const recognizer = await recognizerFor(server);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it('opens another stream where one was told of its pause when the next utterance began', async () => {
    const server = await serve(async (served) => {
      const tones = new ToneSegmenter(500);
      let answered = false;
      for await (const pcm of served.audio) {
        for (const tone of tones.push(pcm)) {
          served.sendWord(tone, 'final');
          answered = true;
        }
        if (answered && tones.open) {
          served.fail('BadRequestException', 'no new audio');
          return;
        }
      }
    }, hearTones);
    const recognizer = await recognizerFor(server);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it('opens another stream where one was cut between two utterances', async () => {
    const server = await serve(async (served) => {
      const tones = new ToneSegmenter(500);
      for await (const pcm of served.audio) {
        const ended = tones.push(pcm);
        for (const tone of ended) served.sendWord(tone, 'final');
        if (ended.length > 0) return;
      }
    }, hearTones);
    const recognizer = await recognizerFor(server);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(await recognizer.recognize(audio)).toEqual(heard);
    expect(server.started).toHaveLength(2);
  });

  it.each<{ given: string; behaviour: TranscriptionBehaviour; want: unknown; tries: number }>([
    {
      given: 'a bad request',
      behaviour: atFirstTone((served) => served.fail('BadRequestException', 'my PIN is 5937')),
      want: { code: 'speech.engine-refused', retryable: false },
      tries: 1,
    },
    {
      given: 'credentials that are refused',
      behaviour: (served) => {
        served.refuse(403, 'UnrecognizedClientException');
        return Promise.resolve();
      },
      want: { code: 'speech.engine-refused', retryable: false },
      tries: 1,
    },
    {
      given: 'too many streams for good',
      behaviour: atFirstTone((served) => served.fail('LimitExceededException', 'my PIN is 5937')),
      want: { code: 'speech.engine-limited', retryable: true },
      tries: 3,
    },
    {
      given: 'connections that are always cut',
      behaviour: atFirstTone((served) => served.cut()),
      want: { code: 'speech.engine-unavailable', retryable: true },
      tries: 3,
    },
    {
      given: 'a service that never answers',
      behaviour: async (served) => {
        for await (const pcm of served.audio) if (pcm.length === 0) return;
        await once(new EventTarget(), 'never', { signal: AbortSignal.timeout(2000) });
      },
      want: { code: 'speech.engine-unavailable', retryable: true },
      tries: 3,
    },
  ])('fails typed after $given', async ({ behaviour, want, tries }) => {
    const server = await serve(behaviour);
    const recognizer = await recognizerFor(server, { answerMsMax: 400 });
    const error: unknown = await recognizer.recognize(audio).catch((cause: unknown) => cause);
    expect(error).toMatchObject(want as object);
    expect(inspect(error, { depth: 10 })).not.toMatch(/5937|canary-secret/);
    expect(server.started).toHaveLength(tries);
  });

  it('keeps to its streams: the longest idle one makes room, then utterances wait', async () => {
    const server = await serve();
    const recognizer = await recognizerFor(server, { sessionsMax: 2 });
    const calls = Array.from({ length: 6 }, async (_, call) => {
      const result = await recognizer.recognize({ ...audio, callId: `call-${call}` });
      return { result, openCount: server.openCount };
    });
    for (const { result, openCount } of await Promise.all(calls)) {
      expect(result).toEqual(heard);
      expect(openCount).toBeLessThanOrEqual(2);
    }
    expect(server.started).toHaveLength(6);
  });

  it('answers all of many calls while streams are cut, and leaves none open', async () => {
    const cut = atFirstTone((served) => served.cut());
    const limited = atFirstTone((served) => served.fail('LimitExceededException', 'no'));
    const trouble = [hearTones, cut, hearTones, limited];
    const server = await serve(...Array.from({ length: 5 }, () => trouble).flat(), hearTones);
    const recognizer = await recognizerFor(server, { sessionsMax: 6, attemptsMax: 25 });
    const turns = Array.from({ length: 60 }, async (_, turn) => {
      return await recognizer.recognize({ ...audio, callId: `call-${turn % 10}` });
    });
    for (const answer of await Promise.all(turns)) expect(answer).toEqual(heard);
    await recognizer.close();
    await expect.poll(() => server.openCount).toBe(0);
  });

  it('ends a stream that is idle for too long', async () => {
    const ended = Promise.withResolvers<void>();
    const server = await serve(async (served) => {
      await hearTones(served);
      ended.resolve();
    });
    const recognizer = await recognizerFor(server, { sessionIdleMsMax: 20 });
    await recognizer.recognize(audio);
    await ended.promise;
    expect(server.started).toHaveLength(1);
  });

  it.each<{ given: Partial<AmazonTranscribeOptions> }>([
    { given: { languages: [] } },
    { given: { sendSpeed: 0 } },
    { given: { answerSpeed: 0 } },
  ])('refuses $given', async ({ given }) => {
    const creation = createAmazonTranscribeRecognizer({
      ...testOptions,
      endpointUrl: 'http://127.0.0.1:1',
      ...given,
    });
    await expect(creation).rejects.toMatchObject({ code: 'speech.option-invalid' });
  });
});
