import { createScriptedRecognizer, scriptedPcm } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import { measureDecodeWork } from './decode-work.ts';

describe('measureDecodeWork', () => {
  it('gives one share of the audio for each recogniser and round, the recognisers taking turns', async () => {
    const turns: string[] = [];
    const recognizer = (peer: string) =>
      createScriptedRecognizer(({ pcm }) => {
        turns.push(`${peer}${pcm.length}`);
        return '';
      });
    const clips = [100, 200].map((durationMs) => ({
      file: 'a.wav',
      path: '/a.wav',
      transcript: '',
      source: 'test',
      pcm: scriptedPcm([{ durationMs, amplitude: 1 }]),
    }));
    const recognizers = new Map([
      ['a', recognizer('a')],
      ['b', recognizer('b')],
    ]);
    const work = await measureDecodeWork(clips, recognizers, {
      rounds: 2,
      signal: new AbortController().signal,
    });
    expect(turns.join(' ')).toBe('a800 b800 a1600 b1600 a800 b800 a1600 b1600');
    expect([...work].map(([peer, shares]) => [peer, shares.length])).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
  });
});
