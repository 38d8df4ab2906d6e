import { describe, expect, it } from 'vitest';
import { validatePartialWebhook, validateTranscriptWebhook } from './validate-transcript.ts';
import { problemText } from './validation.ts';

const MESSAGE = {
  type: 'transcript',
  externalConversationId: '8c259fea-8764-4a92-adc4-73572e9cf016',
  streamId: '5ce2b755-3f38-11ed-b755-7aed4b5c38d5',
  sender: { externalId: 'TT9833237', role: 'customer' },
  autotranscribeResponse: {
    message: 'transcript',
    start: 400,
    end: 3968,
    utterance: [{ text: 'I need help upgrading my streaming package and my PIN number is ####' }],
  },
};

describe('validateTranscriptWebhook', () => {
  it('accepts the message of the guide', () => {
    expect(validateTranscriptWebhook(MESSAGE)).toEqual({ ok: true, value: MESSAGE });
  });

  it('accepts tokens, with the marks around them and told as estimated', () => {
    const token = [
      {
        content: 'there',
        start: 400,
        end: 900,
        punctuationBefore: '(',
        punctuationAfter: '?)',
        estimated: true,
      },
      { content: 'Yes', start: 1200, end: 1500 },
    ];
    const autotranscribeResponse = {
      ...MESSAGE.autotranscribeResponse,
      utterance: [{ text: '(there?) Yes', token }],
    };
    const given = { ...MESSAGE, autotranscribeResponse };
    expect(validateTranscriptWebhook(given)).toEqual({ ok: true, value: given });
  });

  it.each([
    {
      given: {
        autotranscribeResponse: {
          ...MESSAGE.autotranscribeResponse,
          utterance: [{ text: 'a', token: [{ content: '', start: 0.5 }] }],
        },
      },
      want: [
        '/autotranscribeResponse/utterance/0/token/0/end is required',
        '/autotranscribeResponse/utterance/0/token/0/content must not be empty',
        '/autotranscribeResponse/utterance/0/token/0/start must be a whole number',
      ].join('; '),
    },
    { given: { type: 'partial' }, want: '/type must be "transcript"' },
    { given: { sender: { role: 'agent' } }, want: '/sender/externalId is required' },
    {
      given: { autotranscribeResponse: { ...MESSAGE.autotranscribeResponse, utterance: 'Are you there?' } },
      want: '/autotranscribeResponse/utterance must be an array',
    },
    {
      given: { autotranscribeResponse: { ...MESSAGE.autotranscribeResponse, utterance: [] } },
      want: '/autotranscribeResponse/utterance must have at least 1 items',
    },
    {
      given: { autotranscribeResponse: { ...MESSAGE.autotranscribeResponse, start: -1 } },
      want: '/autotranscribeResponse/start must be at least 0',
    },
  ])('refuses $given', ({ given, want }) => {
    const checked = validateTranscriptWebhook({ ...MESSAGE, ...given });
    expect(checked.ok ? '' : problemText(checked.problems)).toBe(want);
  });
});

describe('validatePartialWebhook', () => {
  const partial = {
    ...MESSAGE,
    type: 'partial',
    revision: 2,
    autotranscribeResponse: { ...MESSAGE.autotranscribeResponse, message: 'partial' },
  };

  it('tells partials from transcripts', () => {
    expect(validatePartialWebhook(partial)).toEqual({ ok: true, value: partial });
    expect(validatePartialWebhook(MESSAGE).ok).toBe(false);
    expect(validateTranscriptWebhook(partial).ok).toBe(false);
  });

  it('refuses one without a revision', () => {
    const checked = validatePartialWebhook({ ...partial, revision: undefined });
    expect(checked.ok ? '' : problemText(checked.problems)).toContain('/revision');
  });
});
