import { describe, expect, it } from 'vitest';
import { createScriptedDetector, createScriptedRecognizer, scriptedPcm } from '../../testing.ts';
import { evaluateClips } from './evaluate-clips.ts';
import { hearClip } from './hear-clip.ts';

describe('evaluateClips', () => {
  it('gives rates over all and by source, and the worst clips first', () => {
    const clip = { decodeMs: 5 };
    const evaluation = evaluateClips([
      { ...clip, file: 'good', source: 'a', reference: 'one two three', hypothesis: 'One, 2, 3.' },
      { ...clip, file: 'short', source: 'b', reference: 'yes', hypothesis: 'no' },
      { ...clip, file: 'long', source: 'b', reference: 'yes it is so', hypothesis: '' },
    ]);
    expect(evaluation.wer).toBe(5 / 8);
    expect(evaluation.bySource).toEqual({ a: 0, b: 1 });
    expect(evaluation.clips.map(({ file, wer }) => [file, wer])).toEqual([
      ['long', 1],
      ['short', 1],
      ['good', 0],
    ]);
    expect(Object.keys(evaluation.clips[0] ?? {})).toEqual([
      'file',
      'wer',
      'reference',
      'hypothesis',
      'decodeMs',
    ]);
  });
});

describe('hearClip', () => {
  const speech = { durationMs: 1000, amplitude: 8000 };
  const pause = { durationMs: 800, amplitude: 0 };
  const listener = (script: string[]) => ({
    detector: createScriptedDetector(),
    recognizer: createScriptedRecognizer(script),
    language: 'en',
  });

  it('decodes a clip whole in one go, or cut where somebody pauses', async () => {
    const pcm = scriptedPcm([speech, pause, speech, pause]);
    const whole = await hearClip(pcm, 'whole', listener(['all of it']));
    expect([whole.text, whole.decodes.length]).toEqual(['all of it', 1]);
    const cut = await hearClip(pcm, 'endpointer', listener(['one', 'two']));
    expect([cut.text, cut.decodes.length]).toEqual(['one two', 2]);
    expect(cut.decodeMs).toBe(cut.decodes.reduce((sum, { decodeMs }) => sum + decodeMs, 0));
  });

  it('cuts what is too long or was found empty as a whole', async () => {
    const empty = await hearClip(scriptedPcm([pause, speech, pause]), 'whole', listener(['', 'yes']));
    expect([empty.text, empty.decodes.length]).toEqual(['yes', 2]);
    const long = scriptedPcm([speech, { durationMs: 15_000, amplitude: 0 }, speech, pause]);
    expect((await hearClip(long, 'whole', listener(['one', 'two']))).text).toBe('one two');
  });
});
