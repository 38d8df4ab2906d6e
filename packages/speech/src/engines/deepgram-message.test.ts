import { describe, expect, it } from 'vitest';
import { resultOfMessage } from './deepgram-message.ts';

const results = (fields: object): string =>
  JSON.stringify({ type: 'Results', start: 1, duration: 0.5, channel: { alternatives: [] }, ...fields });

describe('resultOfMessage', () => {
  it('reads the words of the first alternative with their punctuation', () => {
    const words = [
      { word: 'hello', punctuated_word: '"Hello,', start: 1.1, end: 1.2 },
      { word: 'fifty', punctuated_word: '$50.', start: 1.2, end: 1.4 },
      { word: 'there', start: 1.4, end: 1.5 },
    ];
    const channel = { alternatives: [{ words }, { words: [] }] };
    expect(resultOfMessage(results({ channel, is_final: true, from_finalize: true }))).toEqual({
      isFinal: true,
      isFlushed: true,
      endMs: 1500,
      words: [
        { content: 'Hello', startMs: 1100, endMs: 1200, punctuationBefore: '"', punctuationAfter: ',' },
        { content: '$50', startMs: 1200, endMs: 1400, punctuationAfter: '.' },
        { content: 'there', startMs: 1400, endMs: 1500 },
      ],
    });
  });

  it.each(['Metadata', 'SpeechStarted', 'UtteranceEnd', 'Warning'])('passes over %s', (type) => {
    expect(resultOfMessage(JSON.stringify({ type }))).toBeUndefined();
  });

  it.each([
    '',
    '[]x',
    '7',
    'null',
    results({ start: 'now' }),
    results({ channel: 3 }),
    results({ channel: { alternatives: [{ words: [{ word: 'no times' }] }] } }),
    results({ channel: { alternatives: [{}] } }),
  ])('refuses %j', (message) => {
    expect(() => resultOfMessage(message)).toThrow(/^Cannot read message|JSON/);
  });
});
