import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSpeechRecognizer } from '../contract.ts';
import { locateModel } from '../lib/model-file.ts';
import { ensureTokenTable } from '../lib/token-table.ts';
import { realSpeech } from '../testing/real-speech.ts';
import { readModelDirectory, type SherpaModel } from './sherpa-model-directory.ts';
import { createSherpaRecognizer } from './sherpa-recognizer.ts';

let root: string;
let moonshineDirectory: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'earshot-sherpa-'));
  moonshineDirectory = join(root, 'moonshine-tiny');
  await mkdir(moonshineDirectory);
  for (const name of ['encoder_model.onnx', 'decoder_model_merged.onnx']) {
    const path = `dist/model/tiny/quantized/${name}`;
    const target = locateModel({ packageName: '@usefulsensors/moonshine-js', path, sha256: '' });
    await symlink(target, join(moonshineDirectory, name));
  }
  await symlink(await ensureTokenTable(root), join(moonshineDirectory, 'tokens.txt'));
});
afterAll(async () => {
  await rm(root, { recursive: true });
});

async function directoryOf(name: string, files: readonly string[]): Promise<string> {
  const directory = await mkdtemp(join(root, `${name}-`));
  for (const file of files) await writeFile(join(directory, file), 'no model');
  return directory;
}

describeSpeechRecognizer('createSherpaRecognizer', async (limits) => {
  const { inFlightMax: decodesInFlightMax = 2, queuedMax: queuedDecodesMax = 256 } = limits ?? {};
  return await createSherpaRecognizer({
    modelDirectory: moonshineDirectory,
    languages: ['en'],
    decodesInFlightMax,
    queuedDecodesMax,
  });
});

describe('createSherpaRecognizer', () => {
  it('hears speech with a model from a directory', async () => {
    const recognizer = await createSherpaRecognizer({
      modelDirectory: moonshineDirectory,
      languages: ['en'],
    });
    const pcm = (await realSpeech()).subarray(5 * 8000, 12 * 8000);
    const { text } = await recognizer.recognize({ pcm, language: 'en-US' });
    expect(text.toLowerCase()).toContain('streaming package');
    await recognizer.close();
  });

  it('survives a model that makes the library end its process', async () => {
    const directory = await directoryOf('zipformer', [
      'encoder.onnx',
      'decoder.onnx',
      'joiner.onnx',
      'tokens.txt',
    ]);
    const creation = createSherpaRecognizer({ modelDirectory: directory, languages: ['en'] });
    await expect(creation).rejects.toMatchObject({ code: 'speech.model-load-failed' });
  });

  it('refuses to speak no language', async () => {
    const creation = createSherpaRecognizer({ modelDirectory: moonshineDirectory, languages: [] });
    await expect(creation).rejects.toMatchObject({ code: 'speech.option-invalid' });
  });
});

describe('readModelDirectory', () => {
  it.each<{ files: string[]; want: SherpaModel; name?: string }>([
    {
      files: ['tiny.en-encoder.int8.onnx', 'tiny.en-decoder.int8.onnx', 'tiny.en-tokens.txt'],
      want: 'whisper',
    },
    { files: ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt'], want: 'moonshine' },
    {
      files: ['encoder.int8.onnx', 'decoder.int8.onnx', 'joiner.int8.onnx', 'tokens.txt'],
      want: 'nemo-parakeet',
    },
    {
      files: [
        'encoder-epoch-99-avg-1.onnx',
        'decoder-epoch-99-avg-1.onnx',
        'joiner-epoch-99-avg-1.onnx',
        'tokens.txt',
      ],
      want: 'transducer',
    },
    {
      files: [
        'encoder-epoch-99-avg-1-chunk-16-left-128.onnx',
        'decoder-epoch-99-avg-1-chunk-16-left-128.onnx',
        'joiner-epoch-99-avg-1-chunk-16-left-128.onnx',
        'tokens.txt',
      ],
      want: 'zipformer-streaming',
    },
  ])('tells $want by its files', async ({ files, want }) => {
    const found = await readModelDirectory(await directoryOf('model', files));
    expect(found.model).toBe(want);
    const paths = [found.encoder, found.decoder, found.joiner, found.tokens].filter((path) => path !== '');
    expect(paths.map((path) => basename(path)).toSorted()).toEqual(files.toSorted());
  });

  it('takes the int8 files where there are others beside them', async () => {
    const files = ['base-encoder.onnx', 'base-encoder.int8.onnx', 'base-decoder.onnx', 'base-tokens.txt'];
    const found = await readModelDirectory(await directoryOf('model', files));
    expect(basename(found.encoder)).toBe('base-encoder.int8.onnx');
    expect(basename(found.decoder)).toBe('base-decoder.onnx');
  });

  it.each<{ files: string[]; model?: SherpaModel; want: string }>([
    { files: [], want: 'as whisper: no file *encoder*.onnx' },
    { files: ['encoder.onnx'], want: 'as whisper: no file *decoder*.onnx' },
    { files: ['x-encoder.onnx', 'x-decoder.onnx'], want: 'as whisper: no file *tokens.txt' },
    { files: ['joiner.onnx', 'encoder.onnx'], want: 'as nemo-parakeet: no file *decoder*.onnx' },
    {
      files: ['x-encoder.onnx', 'x-decoder.onnx', 'tokens.txt'],
      model: 'transducer',
      want: 'as transducer: no file *joiner*.onnx',
    },
  ])('names the file that is missing: $want', async ({ files, model, want }) => {
    const reading = readModelDirectory(await directoryOf('model', files), model);
    await expect(reading).rejects.toMatchObject({
      code: 'speech.model-missing',
      message: expect.stringContaining(want),
    });
  });

  it('says so when there is no such directory', async () => {
    const reading = readModelDirectory(join(root, 'nowhere'));
    await expect(reading).rejects.toMatchObject({ code: 'speech.model-missing' });
  });
});
