import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import {
  ACCEPTED_AT_MS,
  GUID,
  GUIDE_START,
  gatewayUnderTest,
  START,
  TWO_ENGINES,
} from '../../testing/gateway-under-test.ts';

const OK = { code: 1000, description: 'OK' };

describe('POST start-streaming 200', () => {
  it('answers the guide example with a stream id and OK for each participant', async () => {
    const { post, calls } = await gatewayUnderTest();
    const response = await post(START, GUIDE_START);
    expect(response.status).toBe(200);
    const call = await calls.getCall('tenant-1', GUID);
    const [customer, agent] = call?.sessions[0]?.streams ?? [];
    expect(await response.json()).toEqual({
      isOk: true,
      autotranscribeResponse: {
        customer: { streamId: customer?.streamId, status: OK },
        agent: { streamId: agent?.streamId, status: OK },
      },
    });
  });

  it('records who speaks, the settings and the moment of acceptance', async () => {
    const { post, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const call = await calls.getCall('tenant-1', GUID);
    expect(call?.sessions).toMatchObject([
      {
        appId: 'app-1',
        acceptedAtMs: ACCEPTED_AT_MS,
        settings: {
          language: 'en-US',
          detailedToken: false,
          audioRecordingAllowed: false,
          redactionOutput: 'redacted',
        },
        media: { streamArn: GUIDE_START.amazonConnectParams.streamArn, selector: { type: 'NOW' } },
        streams: [{ externalId: 'TT9833237' }, { externalId: 'RE223444211993' }],
      },
    ]);
  });

  it('queues the session once', async () => {
    const { post, calls, queued } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const call = await calls.getCall('tenant-1', GUID);
    expect(queued).toEqual([{ tenantId: 'tenant-1', sessionId: call?.sessions[0]?.sessionId }]);
  });

  it('answers 200 and logs when the queue is unavailable, since the start is recorded', async () => {
    const queueFails = new AppError('queues.unavailable', 'Cannot add job', { retryable: true });
    const { post, lines } = await gatewayUnderTest({ queueFails });
    expect((await post(START, GUIDE_START)).status).toBe(200);
    expect(lines.some((line) => line.includes('call.started-unqueued'))).toBe(true);
  });

  const selectors = [
    { given: {}, want: { type: 'NOW' } },
    { given: { startSelectorType: 'NOW', afterFragmentNumber: '5' }, want: { type: 'NOW' } },
    {
      given: {
        startSelectorType: 'FRAGMENT_NUMBER',
        afterFragmentNumber: '91343852333181432392682062622220590765191907586',
      },
      want: {
        type: 'FRAGMENT_NUMBER',
        afterFragmentNumber: '91343852333181432392682062622220590765191907586',
      },
    },
  ];
  it.each(selectors)('reads the selector $given', async ({ given, want }) => {
    const { post, calls } = await gatewayUnderTest();
    const { streamArn } = GUIDE_START.amazonConnectParams;
    const response = await post(START, { ...GUIDE_START, amazonConnectParams: { streamArn, ...given } });
    expect(response.status).toBe(200);
    expect((await calls.getCall('tenant-1', GUID))?.sessions[0]?.media.selector).toEqual(want);
  });

  const accepted = [
    { given: 'no transcription parameters', body: { autotranscribeParams: undefined } },
    { given: 'a language in other case', body: { autotranscribeParams: { language: 'EN-us' } } },
    { given: 'redaction asked for', body: { autotranscribeParams: { redactionOutput: 'redacted' } } },
    { given: 'unknown extra fields', body: { somethingNew: 1, autotranscribeParams: { another: [] } } },
    { given: 'a block of another namespace', body: { twilioParams: { trackMap: { inbound: 'agent' } } } },
  ];
  it.each(accepted)('accepts $given', async ({ body }) => {
    const { post, calls } = await gatewayUnderTest();
    expect((await post(START, { ...GUIDE_START, ...body })).status).toBe(200);
    const call = await calls.getCall('tenant-1', GUID);
    expect(call?.sessions[0]?.settings).toMatchObject({ language: 'en-US', redactionOutput: 'redacted' });
  });

  it.each([
    { redactionOutput: 'unredacted', detailedToken: false },
    { redactionOutput: 'unredacted', detailedToken: true },
    { redactionOutput: 'redacted_and_unredacted', detailedToken: false },
  ])('records the output $redactionOutput with detailed tokens $detailedToken', async (given) => {
    const { post, calls } = await gatewayUnderTest();
    expect((await post(START, { ...GUIDE_START, autotranscribeParams: given })).status).toBe(200);
    expect((await calls.getCall('tenant-1', GUID))?.sessions[0]?.settings).toMatchObject(given);
  });

  it('accepts a trailing slash', async () => {
    const { post } = await gatewayUnderTest();
    expect((await post(`${START}/`, GUIDE_START)).status).toBe(200);
  });

  it('opens a new session with new stream ids after a stop', async () => {
    const { post, calls } = await gatewayUnderTest();
    const first: unknown = await (await post(START, GUIDE_START)).json();
    calls.end(GUID, {
      customer: { audioBytes: 16, transcripts: 0 },
      agent: { audioBytes: 16, transcripts: 0 },
    });
    const second = await post(START, { ...GUIDE_START, agentId: 'another agent' });
    expect(second.status).toBe(200);
    expect(await second.json()).not.toEqual(first);
    expect((await calls.getCall('tenant-1', GUID))?.sessions.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });

  it.each([
    { given: 'es-us', want: 'es-US' },
    { given: 'ES-US', want: 'es-US' },
    { given: undefined, want: 'en-US' },
  ])('records language $given as $want where the engine can do both', async ({ given, want }) => {
    const { post, calls } = await gatewayUnderTest({
      engines: [{ engine: 'deepgram', languages: ['es-US', 'en-US'] }],
    });
    const autotranscribeParams = given === undefined ? {} : { language: given };
    expect((await post(START, { ...GUIDE_START, autotranscribeParams })).status).toBe(200);
    const call = await calls.getCall('tenant-1', GUID);
    expect(call?.sessions[0]?.settings.language).toBe(want);
  });

  it.each<{ given: object; ofTenant: string | undefined; want: string }>([
    { given: {}, ofTenant: undefined, want: 'moonshine' },
    { given: {}, ofTenant: 'deepgram', want: 'deepgram' },
    { given: {}, ofTenant: 'sherpa', want: 'moonshine' },
    { given: { engine: 'moonshine' }, ofTenant: 'deepgram', want: 'moonshine' },
    { given: { engine: 'deepgram', language: 'es-us' }, ofTenant: undefined, want: 'deepgram' },
    { given: { language: 'es-US' }, ofTenant: 'deepgram', want: 'deepgram' },
  ])(
    'records engine $want for $given of a tenant that chose $ofTenant',
    async ({ given, ofTenant, want }) => {
      const { post, calls, speechSettings } = await gatewayUnderTest({ engines: TWO_ENGINES });
      await speechSettings.setEngine({ tenantId: 'tenant-1', engine: ofTenant, atMs: 0 });
      expect((await post(START, { ...GUIDE_START, autotranscribeParams: given })).status).toBe(200);
      const call = await calls.getCall('tenant-1', GUID);
      expect(call?.sessions[0]?.settings.engine).toBe(want);
    },
  );
});
