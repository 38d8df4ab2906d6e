import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import type { SpeechAudio } from '../lib/speech-recognizer.ts';
import { upsample8To16 } from '../lib/upsample.ts';
import { scriptedPcm } from '../testing.ts';
import { createSherpaRecognizer, type SherpaOptions } from './sherpa-recognizer.ts';
import { createFakeSherpaAddon } from './testing/fake-sherpa-addon.ts';

let modelDirectory: string;
beforeAll(async () => {
  modelDirectory = await mkdtemp(join(tmpdir(), 'earshot-streaming-'));
  for (const role of ['encoder', 'decoder', 'joiner']) {
    await writeFile(join(modelDirectory, `${role}-epoch-99-avg-1-chunk-16-left-128.onnx`), 'no model');
  }
  await writeFile(join(modelDirectory, 'tokens.txt'), 'no tokens');
});
afterAll(async () => {
  await rm(modelDirectory, { recursive: true });
});

async function streaming(options: Partial<SherpaOptions> = {}) {
  const addon = createFakeSherpaAddon();
  const recognizer = await createSherpaRecognizer({ modelDirectory, languages: ['en'], ...options }, addon);
  return { addon, recognizer };
}

describeSpeechRecognizer(
  'createSherpaRecognizer with a streaming model',
  async (limits) => {
    const { inFlightMax: decodesInFlightMax = 2, queuedMax: queuedDecodesMax = 256 } = limits ?? {};
    return (await streaming({ decodesInFlightMax, queuedDecodesMax })).recognizer;
  },
  { hearsTones: true },
);

/** 0.5 s of silence, then 2 s of speech. */
const SPEECH = scriptedPcm([
  { durationMs: 500, amplitude: 0 },
  { durationMs: 2000, amplitude: 9000 },
]);

function open(durationMs: number, more: Partial<SpeechAudio> = {}): SpeechAudio {
  const pcm = SPEECH.slice(0, durationMs * 8);
  return { pcm, language: 'en-US', callId: 'call-1', priority: 'partial', ...more };
}

describe('createSherpaRecognizer with a streaming model', () => {
  it('hears each sample of open speech once, as if it had heard it in one piece', async () => {
    const { addon, recognizer } = await streaming();
    expect(recognizer.capabilities.partials).toBe('incremental');
    const texts: string[] = [];
    for (const durationMs of [300, 301, 700, 1400, 2100, 2500]) {
      texts.push((await recognizer.recognize(open(durationMs))).text);
    }
    expect(texts).toEqual(['', '', 'Word1', 'Word1 word2 word3', 'Word1 word2 word3 word4 word5', texts[5]]);
    expect(texts[5]).toBe('Word1 word2 word3 word4 word5 word6');
    expect(addon.streams).toHaveLength(1);
    const whole = upsample8To16(SPEECH);
    // The last 2 ms wait for what comes after them.
    expect(addon.streams[0]?.samples).toEqual([...whole.subarray(0, whole.length - 32)]);
  });

  it('begins anew with speech that begins otherwise, and where another call has the same', async () => {
    const { addon, recognizer } = await streaming();
    await recognizer.recognize(open(1000));
    await recognizer.recognize(open(1200, { callId: 'call-2' }));
    const other = open(1200);
    other.pcm[10] = 77;
    await recognizer.recognize(other);
    expect(addon.streams).toHaveLength(3);
    await recognizer.recognize(open(1400));
    await recognizer.recognize(open(1400, { callId: 'call-2' }));
    expect(addon.streams).toHaveLength(3);
  });

  it('follows both sides of a call beside each other', async () => {
    const { addon, recognizer } = await streaming();
    const quiet = SPEECH.map((sample) => Math.round(sample / 2));
    for (const durationMs of [800, 1600]) {
      const pcm = quiet.slice(0, durationMs * 8);
      const [loud, low] = await Promise.all([
        recognizer.recognize(open(durationMs)),
        recognizer.recognize(open(durationMs, { pcm })),
      ]);
      expect(low.text).toBe(loud.text);
    }
    expect(addon.streams).toHaveLength(2);
  });

  it('never hears two partials of the same speech with one decoder at once', async () => {
    const { addon, recognizer } = await streaming();
    await recognizer.recognize(open(600));
    const both = [recognizer.recognize(open(1500)), recognizer.recognize(open(1500))];
    const [first, second] = await Promise.all(both);
    expect(second).toEqual(first);
    for (const { samples } of addon.streams) expect(samples.length).toBeLessThanOrEqual(2 * 1500 * 8);
  });

  it('hears a final with a decoder of its own, to its end', async () => {
    const { addon, recognizer } = await streaming();
    await recognizer.recognize(open(1000));
    const final = await recognizer.recognize(open(2500, { priority: 'final' }));
    expect(final.text).toBe('Word1 word2 word3 word4 word5 word6 word7');
    expect(final.words?.at(0)).toMatchObject({ content: 'Word1', startMs: expect.closeTo(500, -1) });
    expect(addon.streams.map(({ finished }) => finished)).toEqual([false, true]);
  });

  it.each([
    { given: 'its final', durationMs: 2500, priority: 'final' as const, want: 3 },
    { given: 'a hard cut before its end', durationMs: 1200, priority: 'final' as const, want: 3 },
    {
      given: 'a speculation that may be refuted',
      durationMs: 2500,
      priority: 'speculative' as const,
      want: 2,
    },
  ])('follows speech after $given with $want decoders in all', async ({ durationMs, priority, want }) => {
    const { addon, recognizer } = await streaming();
    await recognizer.recognize(open(1500));
    await recognizer.recognize(open(durationMs, { priority }));
    await recognizer.recognize(open(1600));
    expect(addon.streams).toHaveLength(want);
  });

  it('lets go of the speech heard longest ago when it follows too much', async () => {
    const { addon, recognizer } = await streaming();
    for (let call = 0; call < 65; call += 1)
      await recognizer.recognize(open(400, { callId: `call-${call}` }));
    expect(addon.streams).toHaveLength(65);
    await recognizer.recognize(open(500, { callId: 'call-64' }));
    await recognizer.recognize(open(500, { callId: 'call-0' }));
    expect(addon.streams).toHaveLength(66);
  });

  it('is given the files of the model and nothing of a beam', async () => {
    const { addon } = await streaming();
    expect(addon.configs).toMatchObject([
      {
        featConfig: { sampleRate: 16_000, featureDim: 80 },
        modelConfig: {
          transducer: { encoder: expect.stringContaining('encoder-epoch-99-avg-1-chunk-16-left-128.onnx') },
          tokens: join(modelDirectory, 'tokens.txt'),
          numThreads: 1,
        },
        decodingMethod: 'greedy_search',
      },
    ]);
  });
});
