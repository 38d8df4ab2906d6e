import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, START } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

const { streamArn } = GUIDE_START.amazonConnectParams;
const connect = (params: object): object => ({ amazonConnectParams: { streamArn, ...params } });

describe('POST start-streaming 400-201', () => {
  const refused: readonly { given: string; body: object; want: string }[] = [
    {
      given: 'a namespace that is not enabled',
      body: { namespace: 'twilio' },
      want: 'namespace "twilio" is not enabled on this gateway',
    },
    { given: 'siprec', body: { namespace: 'siprec' }, want: 'namespace "siprec" is not enabled' },
    { given: 'genesys', body: { namespace: 'genesysaudiohook' }, want: 'is not enabled on this gateway' },
    { given: 'a namespace nobody knows', body: { namespace: 'zoom' }, want: '/namespace must be' },
    { given: 'no namespace', body: { namespace: undefined }, want: '/namespace is required' },
    { given: 'no guid', body: { guid: undefined }, want: '/guid is required' },
    { given: 'an empty guid', body: { guid: '' }, want: '/guid must be' },
    { given: 'a guid with a blank', body: { guid: 'a b' }, want: '/guid must be' },
    { given: 'a guid of 257 characters', body: { guid: 'a'.repeat(257) }, want: '/guid must be' },
    { given: 'no customerId', body: { customerId: undefined }, want: '/customerId is required' },
    { given: 'no agentId', body: { agentId: undefined }, want: '/agentId is required' },
    { given: 'a number as agentId', body: { agentId: 5 }, want: '/agentId must be a string' },
    {
      given: 'no Connect block',
      body: { amazonConnectParams: undefined },
      want: '/amazonConnectParams is required',
    },
    {
      given: 'no ARN',
      body: connect({ streamArn: undefined }),
      want: '/amazonConnectParams/streamArn is required',
    },
    {
      given: 'an empty ARN',
      body: connect({ streamArn: '' }),
      want: '/amazonConnectParams/streamArn must be',
    },
    {
      given: 'an ARN of another service',
      body: connect({ streamArn: streamArn.replace('kinesisvideo', 'kinesis') }),
      want: '/amazonConnectParams/streamArn must be the ARN of a Kinesis video stream',
    },
    {
      given: 'an ARN without its id',
      body: connect({ streamArn: streamArn.replace(/\/\d+$/, '') }),
      want: '/amazonConnectParams/streamArn must be',
    },
    {
      given: 'an account of somebody else',
      body: connect({ streamArn: streamArn.replace('145051540001', '999999999999') }),
      want: '/amazonConnectParams/streamArn must be in an AWS account that is set up as a Kinesis source',
    },
    {
      given: 'an unknown selector',
      body: connect({ startSelectorType: 'EARLIEST' }),
      want: '/amazonConnectParams/startSelectorType must be "NOW" or "FRAGMENT_NUMBER"',
    },
    {
      given: 'FRAGMENT_NUMBER without a number',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER' }),
      want: '/amazonConnectParams/afterFragmentNumber is required',
    },
    {
      given: 'a fragment number that is a JSON number',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER', afterFragmentNumber: 5 }),
      want: '/amazonConnectParams/afterFragmentNumber must be a string',
    },
    {
      given: 'a fragment number with letters',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER', afterFragmentNumber: '12a' }),
      want: 'must be a string of 1 to 128 decimal digits',
    },
    {
      given: 'a fragment number of 129 digits',
      body: connect({ startSelectorType: 'FRAGMENT_NUMBER', afterFragmentNumber: '1'.repeat(129) }),
      want: 'must be a string of 1 to 128 decimal digits',
    },
  ];
  it.each(refused)('refuses $given', async ({ body, want }) => {
    const { post, queued } = await gatewayUnderTest();
    const refusal = await readRefusal(await post(START, { ...GUIDE_START, ...body }));
    expect(refusal).toEqual({ status: 400, code: '400-201', message: expect.stringContaining(want) });
    expect(queued).toEqual([]);
  });
});
