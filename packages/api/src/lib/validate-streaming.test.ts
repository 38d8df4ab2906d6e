import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from './error-codes.ts';
import { validateStartStreamingBody, validateStopStreamingBody } from './validate-streaming.ts';
import { problemText } from './validation.ts';

const STREAM_ARN =
  'arn:aws:kinesisvideo:us-east-1:145051540001:stream/streamtest-connect-asappconnect-contact-cccaa6b8-12e4-44a6-90d5-829c4fdf68e4/1696422764859TBD';

const GUIDE = {
  namespace: 'amazonconnect',
  guid: '8c259fea-8764-4a92-adc4-73572e9cf016',
  customerId: 'TT9833237',
  agentId: 'RE223444211993',
  autotranscribeParams: { language: 'en-US' },
  amazonConnectParams: { streamArn: STREAM_ARN, startSelectorType: 'NOW' },
};

function connect(params: object): object {
  return { ...GUIDE, amazonConnectParams: { streamArn: STREAM_ARN, ...params } };
}

function transcription(autotranscribeParams: unknown): object {
  return { ...GUIDE, autotranscribeParams };
}

function without(name: keyof typeof GUIDE): object {
  return Object.fromEntries(Object.entries(GUIDE).filter(([key]) => key !== name));
}

describe('validateStartStreamingBody', () => {
  const accepted: readonly { given: string; body: object }[] = [
    { given: 'the body of the guide', body: GUIDE },
    { given: 'no selector', body: connect({}) },
    { given: 'no transcription parameters', body: without('autotranscribeParams') },
    { given: 'unknown fields', body: { ...connect({ other: 1 }), other: {} } },
    { given: 'parameters of another namespace', body: { ...GUIDE, siprecParams: {}, twilioParams: {} } },
    {
      given: 'a namespace that needs no Connect parameters',
      body: { ...without('amazonConnectParams'), namespace: 'twilio' },
    },
    {
      given: 'a fragment number of 128 digits',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER', afterFragmentNumber: '9'.repeat(128) }),
    },
    { given: 'a language tag in small letters', body: transcription({ language: 'es-us' }) },
    {
      given: 'detailed tokens of unredacted text',
      body: transcription({ detailedToken: true, redactionOutput: 'unredacted' }),
    },
    { given: 'a guid of every kind of character', body: { ...GUIDE, guid: 'aZ09-_.:' } },
    { given: 'a guid of 256 characters', body: { ...GUIDE, guid: 'a'.repeat(256) } },
    { given: 'ids of 256 characters beyond the BMP', body: { ...GUIDE, agentId: '😀'.repeat(256) } },
    {
      given: 'an ARN of another partition',
      body: connect({ streamArn: STREAM_ARN.replace('arn:aws:', 'arn:aws-us-gov:') }),
    },
  ];

  it.each(accepted)('accepts $given', ({ body }) => {
    expect(validateStartStreamingBody(body)).toEqual({ ok: true, value: body });
  });

  const isRequired = 'is required';
  const guid = 'must be 1 to 256 letters, digits, "-", "_", "." or ":"';
  const arn =
    'must be the ARN of a Kinesis video stream (arn:aws:kinesisvideo:REGION:ACCOUNT:stream/NAME/TIME)';
  const digits = 'must be a string of 1 to 128 decimal digits';
  const redaction = 'must be "redacted", "unredacted" or "redacted_and_unredacted"';
  const conflict = '/autotranscribeParams/detailedToken must be false unless redactionOutput is "unredacted"';

  const gatewayProblems: readonly { given: string; body: unknown; want: string }[] = [
    { given: 'null', body: null, want: 'body must be an object' },
    { given: 'a list', body: [], want: 'body must be an object' },
    { given: 'no namespace', body: without('namespace'), want: `/namespace ${isRequired}` },
    {
      given: 'an unknown namespace',
      body: { ...GUIDE, namespace: 'skype' },
      want: '/namespace must be "siprec", "twilio", "amazonconnect" or "genesysaudiohook"',
    },
    { given: 'no guid', body: without('guid'), want: `/guid ${isRequired}` },
    { given: 'an empty guid', body: { ...GUIDE, guid: '' }, want: `/guid ${guid}` },
    { given: 'a guid of 257 characters', body: { ...GUIDE, guid: 'a'.repeat(257) }, want: `/guid ${guid}` },
    { given: 'a guid with a line end', body: { ...GUIDE, guid: 'a\n' }, want: `/guid ${guid}` },
    { given: 'a guid that is a number', body: { ...GUIDE, guid: 1 }, want: '/guid must be a string' },
    { given: 'no customerId', body: without('customerId'), want: `/customerId ${isRequired}` },
    {
      given: 'an empty customerId',
      body: { ...GUIDE, customerId: '' },
      want: '/customerId must not be empty',
    },
    { given: 'no agentId', body: without('agentId'), want: `/agentId ${isRequired}` },
    {
      given: 'an agentId of 257 characters',
      body: { ...GUIDE, agentId: 'a'.repeat(257) },
      want: '/agentId must have at most 256 characters',
    },
    {
      given: 'no Connect parameters',
      body: without('amazonConnectParams'),
      want: `/amazonConnectParams ${isRequired}`,
    },
    {
      given: 'no ARN',
      body: { ...GUIDE, amazonConnectParams: {} },
      want: `/amazonConnectParams/streamArn ${isRequired}`,
    },
    {
      given: 'an ARN of another service',
      body: connect({ streamArn: 'arn:aws:s3:::bucket' }),
      want: `/amazonConnectParams/streamArn ${arn}`,
    },
    {
      given: 'an unknown selector',
      body: connect({ startSelectorType: 'EARLIEST' }),
      want: '/amazonConnectParams/startSelectorType must be "NOW" or "FRAGMENT_NUMBER"',
    },
    {
      given: 'a selector in small letters',
      body: connect({ startSelectorType: 'now' }),
      want: '/amazonConnectParams/startSelectorType must be "NOW" or "FRAGMENT_NUMBER"',
    },
    {
      given: 'FRAGMENT_NUMBER without its number',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER' }),
      want: `/amazonConnectParams/afterFragmentNumber ${isRequired}`,
    },
    {
      given: 'a fragment number that is a JSON number',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER', afterFragmentNumber: 91343852 }),
      want: '/amazonConnectParams/afterFragmentNumber must be a string',
    },
    {
      given: 'a fragment number of 129 digits',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER', afterFragmentNumber: '9'.repeat(129) }),
      want: `/amazonConnectParams/afterFragmentNumber ${digits}`,
    },
    {
      given: 'two problems of which one is of the gateway',
      body: { ...GUIDE, guid: 'a b', autotranscribeParams: { language: '' } },
      want: `/guid ${guid}; /autotranscribeParams/language must be an IETF language tag such as en-US`,
    },
  ];

  it.each(gatewayProblems)('refuses $given with 400-201', ({ body, want }) => {
    const checked = validateStartStreamingBody(body);
    const told = checked.ok ? undefined : { code: checked.code, text: problemText(checked.problems) };
    expect(told).toEqual({ code: ERROR_CODES.invalidGatewayParameter, text: want });
  });

  const transcriptionProblems: readonly { given: unknown; want: string }[] = [
    { given: 'en-US', want: '/autotranscribeParams must be an object' },
    {
      given: { language: 'English (US)' },
      want: '/autotranscribeParams/language must be an IETF language tag such as en-US',
    },
    { given: { detailedToken: 1 }, want: '/autotranscribeParams/detailedToken must be true or false' },
    {
      given: { audioRecordingAllowed: 'no' },
      want: '/autotranscribeParams/audioRecordingAllowed must be true or false',
    },
    { given: { redactionOutput: 'none' }, want: `/autotranscribeParams/redactionOutput ${redaction}` },
    { given: { detailedToken: true }, want: conflict },
    { given: { detailedToken: true, redactionOutput: 'redacted' }, want: conflict },
    { given: { detailedToken: true, redactionOutput: 'redacted_and_unredacted' }, want: conflict },
  ];

  it.each(transcriptionProblems)('refuses $given with 400-202', ({ given, want }) => {
    const checked = validateStartStreamingBody(transcription(given));
    const told = checked.ok ? undefined : { code: checked.code, text: problemText(checked.problems) };
    expect(told).toEqual({ code: ERROR_CODES.invalidTranscriptionParameter, text: want });
  });

  it('never repeats what was sent', () => {
    const body = { ...GUIDE, namespace: 'SENT', guid: 'SENT !', agentId: ['SENT'], customerId: { SENT: 1 } };
    expect(JSON.stringify(validateStartStreamingBody(body))).not.toContain('SENT');
  });

  it('is not fooled by names of Object.prototype', () => {
    const body: unknown = JSON.parse('{"__proto__":{"namespace":"amazonconnect","guid":"a"}}');
    const checked = validateStartStreamingBody(body);
    expect(checked.ok).toBe(false);
  });
});

describe('validateStopStreamingBody', () => {
  it('accepts namespace and guid', () => {
    const body = { namespace: 'amazonconnect', guid: 'a' };
    expect(validateStopStreamingBody(body)).toEqual({ ok: true, value: body });
  });

  it.each([
    { body: { namespace: 'amazonconnect' }, want: '/guid is required' },
    { body: { guid: 'a' }, want: '/namespace is required' },
  ])('refuses $body with 400-201', ({ body, want }) => {
    const checked = validateStopStreamingBody(body);
    const told = checked.ok ? undefined : { code: checked.code, text: problemText(checked.problems) };
    expect(told).toEqual({ code: ERROR_CODES.invalidGatewayParameter, text: want });
  });
});
