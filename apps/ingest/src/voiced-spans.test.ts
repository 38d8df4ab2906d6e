import { scriptedPcm } from '@earshot/speech/testing';
import { describe, expect, it } from 'vitest';
import { voicedSpans } from './voiced-spans.ts';

const speech = (durationMs: number, amplitude = 8000) => ({ durationMs, amplitude });
const silence = (durationMs: number) => ({ durationMs, amplitude: 0 });

describe('voicedSpans', () => {
  const tables = [
    { given: 'nothing', runs: [], want: [] },
    { given: 'silence', runs: [silence(500)], want: [] },
    { given: 'speech all along', runs: [speech(500)], want: [{ startMs: 0, endMs: 500 }] },
    {
      given: 'a pause',
      runs: [silence(100), speech(400), silence(300), speech(200), silence(100)],
      want: [
        { startMs: 100, endMs: 500 },
        { startMs: 800, endMs: 1000 },
      ],
    },
    {
      given: 'a stop within a word',
      runs: [speech(200), silence(100), speech(200)],
      want: [{ startMs: 0, endMs: 500 }],
    },
    { given: 'a click', runs: [speech(400), silence(300), speech(40)], want: [{ startMs: 0, endMs: 400 }] },
    { given: 'noise far below', runs: [speech(400), speech(400, 100)], want: [{ startMs: 0, endMs: 400 }] },
  ];
  it.each(tables)('finds $want in $given', ({ runs, want }) => {
    expect(voicedSpans(scriptedPcm(runs))).toEqual(want);
  });
});
