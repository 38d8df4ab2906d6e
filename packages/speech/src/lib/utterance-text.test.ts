import { describe, expect, it } from 'vitest';
import { formatUtteranceText } from './utterance-text.ts';

describe('formatUtteranceText', () => {
  it.each([
    { given: '  hello   there.\n', want: 'Hello there.' },
    { given: 'um, i think i’m late', want: 'Um, I think I’m late' },
    { given: "i'll go if i.", want: "I'll go if I." },
    { given: 'the i.e. and hi-fi stay', want: 'The i.e. and hi-fi stay' },
    { given: '4111 1111', want: '4111 1111' },
    { given: ' ', want: '' },
  ])('$given', ({ given, want }) => {
    expect(formatUtteranceText(given)).toBe(want);
  });
});
