import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../testing/collect.ts';
import { realSpeech } from '../../testing/real-speech.ts';
import { locateModel, sha256 } from '../model-file.ts';
import { moonshineModels } from '../moonshine-model.ts';
import { createMoonshineRecognizer } from '../moonshine-recognizer.ts';
import { createSileroDetector } from '../silero-detector.ts';
import { transcribePcm } from '../transcribe-pcm.ts';
import { graphsOf, initializersOf, nodesOf } from './onnx-graph.ts';
import { ensureRewrittenModel, prepareModel } from './prepared-model.ts';
import { hasByteProducts } from './processor-features.ts';
import { readMessage, writeMessage } from './wire-format.ts';

const { base, tiny } = moonshineModels;
const shipped = [base.encoder, base.decoder, tiny.encoder, tiny.decoder];

let cacheDirectory: string;
beforeAll(async () => {
  cacheDirectory = await mkdtemp(join(tmpdir(), 'earshot-rewrite-'));
});
afterAll(async () => {
  await rm(cacheDirectory, { recursive: true });
});

describe('writeMessage', () => {
  it.each(shipped)(
    'writes $path byte for byte after every graph, node and tensor was opened',
    async (file) => {
      const bytes = await readFile(locateModel(file));
      const model = readMessage(bytes);
      const graphs = graphsOf(model);
      const opened = graphs.map((graph) => [nodesOf(graph).length, initializersOf(graph).length]);
      expect(opened.flat().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(800);
      expect(sha256(writeMessage(model))).toBe(file.sha256);
    },
  );
});

describe('ensureRewrittenModel', () => {
  /** Of files that hold the same tensors and nodes as those of the first tool that rewrote these models. */
  const sums = [
    { file: base.encoder, want: '09ec4131e7822cae44b1b83dae2ead5b5e10cb30a3ac9bfaf0cc51f0ba33aa5e' },
    { file: base.decoder, want: 'e8aff080131e4a95a5e4c86c10f81e219d5e6cf9aaf8f7f32441387de0dd1319' },
    { file: tiny.encoder, want: 'f886b75afc54e48fc46f06d929611a1b7eb8e817808892fcc323ab24feed5682' },
    { file: tiny.decoder, want: '8358f05c6eb514047faa9a846b496d487a38754ab5d509ee7ef2fa59933ccedd' },
  ];
  it.each(sums)(
    'makes the model of $file.path that was found to hear the same words',
    async ({ file, want }) => {
      const path = await ensureRewrittenModel(file, cacheDirectory);
      expect(sha256(await readFile(path))).toBe(want);
      expect((await readFile(`${path}.sha256`, 'utf8')).trim()).toBe(want);
    },
  );

  it('makes it once, and again where the file or its sum is damaged, leaving no draft', async () => {
    const path = await ensureRewrittenModel(tiny.encoder, cacheDirectory);
    const whole = await readFile(path);
    const made = await stat(path);
    await ensureRewrittenModel(tiny.encoder, cacheDirectory);
    expect((await stat(path)).ino).toBe(made.ino);
    await writeFile(path, whole.subarray(0, 1000));
    await ensureRewrittenModel(tiny.encoder, cacheDirectory);
    expect(
      createHash('sha256')
        .update(await readFile(path))
        .digest(),
    ).toEqual(createHash('sha256').update(whole).digest());
    await writeFile(`${path}.sha256`, '');
    await ensureRewrittenModel(tiny.encoder, cacheDirectory);
    expect((await readFile(`${path}.sha256`, 'utf8')).trim()).toBe(sha256(whole));
    expect((await readdir(cacheDirectory)).filter((name) => !/\.onnx(\.sha256)?$/.test(name))).toEqual([]);
  });

  it('says so when the cache directory cannot be written', async () => {
    const path = await ensureRewrittenModel(tiny.encoder, cacheDirectory);
    const below = ensureRewrittenModel(tiny.encoder, join(path, 'below'));
    await expect(below).rejects.toMatchObject({ code: 'speech.cache-failed' });
  });
});

describe('prepareModel', () => {
  it('gives the shipped file where rewriting is off', async () => {
    const path = await prepareModel(tiny.encoder, { cacheDirectory, rewrite: 'off' });
    expect(path).toBe(locateModel(tiny.encoder));
  });
});

describe('hasByteProducts', () => {
  it('is false where the processor cannot be told', async () => {
    expect(await hasByteProducts(join(cacheDirectory, 'missing'))).toBe(false);
  });

  const flags = [
    { given: 'flags\t\t: fpu avx2 avx512_vnni sse', want: true },
    { given: 'flags : avx_vnni', want: true },
    { given: 'flags\t\t: fpu avx2 avx512f', want: false },
    { given: 'bugs\t\t: avx_vnni', want: false },
  ];
  it.runIf(process.platform === 'linux' && process.arch === 'x64').each(flags)(
    'is $want for "$given"',
    async ({ given, want }) => {
      const path = join(cacheDirectory, 'cpuinfo');
      await writeFile(path, `processor\t: 0\n${given}\n`);
      expect(await hasByteProducts(path)).toBe(want);
      await rm(path);
    },
  );
});

describe('createMoonshineRecognizer', () => {
  it.each(['base', 'tiny'] as const)(
    'hears the same words with %s rewritten and as shipped',
    async (model) => {
      const pcm = await realSpeech();
      const detector = await createSileroDetector();
      const heard: string[][] = [];
      for (const rewrite of ['auto', 'off'] as const) {
        const recognizer = await createMoonshineRecognizer({ cacheDirectory, model, rewrite });
        const speech = await collect(transcribePcm({ pcm, detector, recognizer, language: 'en-US' }));
        heard.push(speech.map(({ text }) => text));
        await recognizer.close();
      }
      await detector.close();
      expect(heard[0]?.length).toBeGreaterThan(3);
      expect(heard[0]).toEqual(heard[1]);
    },
  );
});
