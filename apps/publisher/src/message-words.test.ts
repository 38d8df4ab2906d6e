import { describe, expect, it } from 'vitest';
import { messageWords } from './message-words.ts';
import { maskPreview } from './response-preview.ts';

const BODY = JSON.stringify({
  type: 'transcript',
  externalConversationId: 'call-seventeen',
  sender: { externalId: 'TT983', role: 'customer' },
  autotranscribeResponse: {
    message: 'transcript',
    utterance: [{ text: 'My "mother" was born in Łódź, 1950.', token: [{ content: 'mother', start: 1 }] }],
  },
});

describe('messageWords', () => {
  it('names what is said and nothing else', () => {
    const words = messageWords(BODY);
    expect(words).toContain('My "mother" was born in Łódź, 1950.');
    expect(words).toEqual(expect.arrayContaining(['mother', 'born', 'Łódź']));
    expect(words).not.toContain('transcript');
    expect(words).not.toContain('TT983');
  });

  it.each(['', 'no JSON', '[]', 'null', '{"text":7}'])('names nothing of %j', (body) => {
    expect(messageWords(body)).toEqual([]);
  });

  it.each([
    { given: 'the whole request', answer: `{"error":"bad","request":${BODY}}` },
    { given: 'the request inside a string', answer: JSON.stringify({ error: 'bad', request: BODY }) },
    { given: 'a single word', answer: 'bad: unexpected mother at 7, born in Łódź' },
  ])('leaves no word of four letters or more to a target that sends back $given', ({ answer }) => {
    const shown = maskPreview(answer, messageWords(BODY)) ?? '';
    expect(shown).toContain('bad');
    expect(shown).not.toMatch(/mother|born|Łódź|1950/i);
  });
});
