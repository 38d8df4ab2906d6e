import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createRecognizer } from './create-recognizer.ts';
import { startDeepgramServer } from './testing/deepgram-server.ts';
import { startTranscribeServer } from './testing/transcribe-server.ts';

describe('createRecognizer', () => {
  it('makes the engine that is named, with its options', async () => {
    const [transcribe, deepgram] = [await startTranscribeServer(), await startDeepgramServer()];
    const recognizers = [
      await createRecognizer({
        engine: 'amazon-transcribe',
        region: 'eu-central-1',
        credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
        endpointUrl: transcribe.url,
        languages: ['en-US'],
        settleMs: 20,
        answerSpeed: 10,
      }),
      await createRecognizer({ engine: 'deepgram', apiKey: 'key', url: deepgram.url, languages: ['en-US'] }),
    ];
    for (const recognizer of recognizers) {
      expect(await recognizer.recognize({ pcm: new Int16Array(800), language: 'en-US' })).toEqual({
        text: '',
      });
      await recognizer.close();
    }
    expect([transcribe.started.length, deepgram.started.length]).toEqual([1, 1]);
    await Promise.all([transcribe.close(), deepgram.close()]);
  });

  it('says which file a model directory lacks', async () => {
    const directory = fileURLToPath(new URL('testing', import.meta.url));
    const creation = createRecognizer({ engine: 'sherpa', modelDirectory: directory, languages: ['en'] });
    await expect(creation).rejects.toMatchObject({ code: 'speech.model-missing' });
  });

  it('loads no SDK of an engine that is not chosen', async () => {
    const index = new URL('../index.ts', import.meta.url).href;
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
      await import(${JSON.stringify(index)});
      process.stdout.write(JSON.stringify(loaded));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=earshot-source',
      '--input-type=module',
      '--eval',
      script,
    ]);
    const foreign = stdout.match(/node_modules\/(?:@aws-sdk|@smithy|ws|sherpa-onnx-node)\//g);
    expect(stdout).toContain('create-recognizer.ts');
    expect(foreign).toBeNull();
  });
});
