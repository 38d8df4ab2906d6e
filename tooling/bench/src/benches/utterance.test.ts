import { describe, expect, it } from 'vitest';
import { readEvent } from './utterance.ts';

describe('readEvent', () => {
  it.each([
    {
      given:
        '{"type":"transcript","guid":"g","role":"agent","startMs":1,"endMs":2,"text":"hello","latencyMs":412}',
      want: { type: 'transcript', latencyMs: 412 },
    },
    {
      given: '{"type":"checked","guid":"g","disagreements":["leg 1: status"]}',
      want: { type: 'checked', disagreements: ['leg 1: status'] },
    },
    { given: '{"type":"summary","calls":4,"transcripts":9,"p50Ms":1,"p95Ms":2}', want: { type: 'other' } },
  ])('reads $want.type', ({ given, want }) => {
    expect(readEvent(given)).toEqual(want);
  });

  it.each(['', 'not JSON', '3', '{"type":"transcript"}'])('refuses %j', (given) => {
    expect(() => readEvent(given)).toThrow(/^Cannot read /);
  });
});
