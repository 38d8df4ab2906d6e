import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWav } from '@earshot/speech';
import { createScriptedDetector, createScriptedRecognizer, scriptedPcm } from '@earshot/speech/testing';
import { evaluateClips, parseEvaluationManifest } from '@earshot/speech/word-errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEvaluation, hearClips } from './evaluate.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-evaluate-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const MANIFEST = [
  'file\ttranscript\tduration_s\tsource',
  'mono.wav\tPress one, please.\t1.0\tprompts',
  'stereo.wav\tTen of clubs\t1.0\tcards',
].join('\n');

describe('hearClips', () => {
  it('hears files beside the manifest at any rate, channels mixed, and evaluate counts their errors', async () => {
    const speech = scriptedPcm([{ durationMs: 500, amplitude: 8000 }]);
    await writeFile(join(folder, 'mono.wav'), writeWav({ sampleRateHz: 16_000, pcm: [speech] }));
    await writeFile(join(folder, 'stereo.wav'), writeWav({ sampleRateHz: 8000, pcm: [speech, speech] }));
    const clips = parseEvaluationManifest(MANIFEST, join(folder, 'manifest.tsv'));
    const heardSamples: number[] = [];
    const heard = await hearClips(clips, 'whole', {
      detector: createScriptedDetector(),
      recognizer: createScriptedRecognizer(({ pcm }) => {
        heardSamples.push(pcm.length);
        return heardSamples.length === 1 ? 'press 1 please' : 'tenor clubs';
      }),
      language: 'en-US',
      say: () => undefined,
    });
    expect(heardSamples).toEqual([2000, 4000]);
    const evaluation = evaluateClips(heard);
    expect(evaluation).toMatchObject({ wer: 2 / 6, bySource: { prompts: 0, cards: 2 / 3 } });
    expect(describeEvaluation(evaluation).join('\n')).toBe(
      [
        'WER 33.33 % over 2 clips, 1 of them with errors',
        '  0.00 %  prompts',
        ' 66.67 %  cards',
        ' 66.67 %  stereo.wav',
        '          said   Ten of clubs',
        '          heard  tenor clubs',
      ].join('\n'),
    );
  });
});
