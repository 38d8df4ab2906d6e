import type { TranscriptEvent } from '@aws-sdk/client-transcribe-streaming';
import { describe, expect, it } from 'vitest';
import { resultsOfEvent } from './transcribe-result.ts';

function eventOf(transcript: TranscriptEvent['Transcript']): { TranscriptEvent: TranscriptEvent } {
  return { TranscriptEvent: { Transcript: transcript } };
}

const word = (Content: string, StartTime: number, EndTime: number) => ({
  Type: 'pronunciation' as const,
  Content,
  StartTime,
  EndTime,
});
const mark = (Content: string) => ({ Type: 'punctuation' as const, Content });

describe('resultsOfEvent', () => {
  it('gives each mark to the word it stands at', () => {
    const Items = [mark('¿'), word('Qué', 0.5, 0.75), mark(','), word('no', 1, 1.25), mark('?'), mark('!')];
    expect(
      resultsOfEvent(eventOf({ Results: [{ IsPartial: false, EndTime: 1.3, Alternatives: [{ Items }] }] })),
    ).toEqual([
      {
        isFinal: true,
        isFlushed: false,
        endMs: 1300,
        words: [
          { content: 'Qué', startMs: 500, endMs: 750, punctuationBefore: '¿', punctuationAfter: ',' },
          { content: 'no', startMs: 1000, endMs: 1250, punctuationAfter: '?!' },
        ],
      },
    ]);
  });

  it('tells partial results from final ones', () => {
    const results = resultsOfEvent(eventOf({ Results: [{ IsPartial: true }, { IsPartial: false }, {}] }));
    expect(results.map(({ isFinal }) => isFinal)).toEqual([false, true, true]);
  });

  it.each([
    { given: eventOf({ Results: [] }) },
    { given: eventOf({}) },
    { given: eventOf(undefined) },
    { given: { $unknown: ['UtteranceEvent', {}] as [string, unknown] } },
  ])('finds nothing in $given', ({ given }) => {
    expect(resultsOfEvent(given)).toEqual([]);
  });
});
