import { createScriptedDetector, createScriptedRecognizer, scriptedPcm } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import { spread, type SpokenClip } from './speech-clips.ts';
import { loadStreams, monologue } from './stream-load.ts';

const clip = (durationMs: number): SpokenClip => ({
  file: 'a.wav',
  path: '/a.wav',
  transcript: 'a',
  source: 'test',
  pcm: scriptedPcm([{ durationMs, amplitude: 8000 }]),
});

describe('monologue', () => {
  it('fills the time with clips and pauses, other ones for another stream', () => {
    const clips = [clip(500), clip(700), clip(900)];
    const first = monologue(clips, 0, 10);
    expect(first).toHaveLength(80_000);
    const spoken = first.filter((sample) => sample !== 0).length / first.length;
    expect(spoken > 0.4 && spoken < 0.9).toBe(true);
    expect(monologue(clips, 1, 10)).not.toEqual(first);
    expect(monologue(clips, 0, 10)).toEqual(first);
  });
});

describe('loadStreams', () => {
  it('gives one latency for each text of every stream, none before its speech has ended', async () => {
    const load = await loadStreams({
      streams: 2,
      seconds: 2,
      clips: [clip(600)],
      detector: createScriptedDetector(),
      recognizer: createScriptedRecognizer(() => 'yes'),
      signal: new AbortController().signal,
    });
    // A pause of 300 ms ends nothing: both clips of a stream are one utterance.
    expect(load.endToTextMs).toHaveLength(2);
    expect(load.endToTextMs.every((latency) => latency > 0)).toBe(true);
    expect(load.cutToTextMs).toHaveLength(2);
    expect([load.degradedCount, load.pendingMax > 0]).toEqual([0, true]);
  });
});

describe('spread', () => {
  it('takes all of few and some of many evenly', () => {
    expect(spread([1, 2, 3], 5)).toEqual([1, 2, 3]);
    expect(spread([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
  });
});
