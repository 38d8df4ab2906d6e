import { describe, expect, it } from 'vitest';
import {
  GUID,
  GUIDE_COUNTS,
  GUIDE_START,
  GUIDE_STOP,
  gatewayUnderTest,
  START,
  STOP,
  type GatewayUnderTest,
} from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

const OK = { code: 1000, description: 'OK' };
const NOTHING = { audioBytes: 0, transcripts: 0 };
const GUIDE_SUMMARY = {
  totalAudioBytes: 1_334_720,
  audioDurationMs: 83_420,
  streamingSeconds: 84,
  transcripts: 2,
};
const NO_SUMMARY = { totalAudioBytes: 0, audioDurationMs: 0, streamingSeconds: 0, transcripts: 0 };

async function streamsOf({ calls }: GatewayUnderTest) {
  const call = await calls.getCall('tenant-1', GUID);
  const [customer, agent] = call?.sessions.at(-1)?.streams ?? [];
  return { customer: customer?.streamId, agent: agent?.streamId };
}

async function untilStopping({ calls }: GatewayUnderTest): Promise<void> {
  await expect
    .poll(async () => (await calls.getCall('tenant-1', GUID))?.sessions.at(-1)?.state)
    .toBe('stopping');
}

describe('POST stop-streaming 200', () => {
  it('waits for the end of the session and answers the counts of the guide example', async () => {
    const gateway = await gatewayUnderTest();
    await gateway.post(START, GUIDE_START);
    const stop = gateway.post(STOP, GUIDE_STOP);
    await untilStopping(gateway);
    gateway.calls.end(GUID, GUIDE_COUNTS);
    const response = await stop;
    expect(response.status).toBe(200);
    const { customer, agent } = await streamsOf(gateway);
    expect(await response.json()).toEqual({
      isOk: true,
      autotranscribeResponse: {
        customer: { streamId: customer, status: OK, summary: GUIDE_SUMMARY },
        agent: { streamId: agent, status: OK, summary: GUIDE_SUMMARY },
      },
    });
  });

  it('answers the first stop of a session that had ended by itself', async () => {
    const gateway = await gatewayUnderTest();
    await gateway.post(START, GUIDE_START);
    gateway.calls.end(GUID, GUIDE_COUNTS);
    const response = await gateway.post(STOP, GUIDE_STOP);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      isOk: true,
      autotranscribeResponse: { agent: { summary: GUIDE_SUMMARY } },
    });
  });

  it('answers isOk and the counts so far when the session does not end in time', async () => {
    const gateway = await gatewayUnderTest({ stopTimeoutMs: 20 });
    await gateway.post(START, GUIDE_START);
    const response = await gateway.post(STOP, GUIDE_STOP);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      isOk: true,
      autotranscribeResponse: { customer: { status: OK, summary: NO_SUMMARY } },
    });
  });

  it('lets a new start through once the stop is answered, though the session still drains', async () => {
    const gateway = await gatewayUnderTest({ stopTimeoutMs: 20 });
    await gateway.post(START, GUIDE_START);
    await gateway.post(STOP, GUIDE_STOP);
    expect((await gateway.post(START, GUIDE_START)).status).toBe(200);
  });

  const silences = [
    {
      given: { customer: GUIDE_COUNTS.customer, agent: NOTHING },
      want: { errorMessage: 'No audio of the agent was received', customer: 1000, agent: 4080 },
    },
    {
      given: { customer: NOTHING, agent: GUIDE_COUNTS.agent },
      want: { errorMessage: 'No audio of the customer was received', customer: 4080, agent: 1000 },
    },
    {
      given: { customer: NOTHING, agent: NOTHING },
      want: {
        errorMessage: 'No audio of the customer and the agent was received',
        customer: 4080,
        agent: 4080,
      },
    },
  ];
  it.each(silences)('reports $want.errorMessage', async ({ given, want }) => {
    const gateway = await gatewayUnderTest();
    await gateway.post(START, GUIDE_START);
    gateway.calls.end(GUID, given);
    const response = await gateway.post(STOP, GUIDE_STOP);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      isOk: false,
      errorMessage: want.errorMessage,
      autotranscribeResponse: {
        customer: { status: { code: want.customer } },
        agent: { status: { code: want.agent } },
      },
    });
  });

  it('tells cause and remedy when the session failed before any audio came', async () => {
    const gateway = await gatewayUnderTest();
    await gateway.post(START, GUIDE_START);
    const trouble = {
      code: 'media.access-denied',
      cause: 'The role may not read this stream',
      remedy: 'Allow kinesisvideo:GetMedia on the stream',
    };
    gateway.calls.end(GUID, { customer: NOTHING, agent: NOTHING }, { endedReason: 'failed', trouble });
    const answer: unknown = await (await gateway.post(STOP, GUIDE_STOP)).json();
    expect(answer).toMatchObject({
      isOk: false,
      errorMessage:
        'No audio of the customer and the agent was received: The role may not read this stream. Allow kinesisvideo:GetMedia on the stream',
    });
  });

  it('tells what went wrong last where the session was stopped while it still tried', async () => {
    const gateway = await gatewayUnderTest();
    await gateway.post(START, GUIDE_START);
    const none = { count: 0, totalMs: 0, longestMs: 0 };
    const bySide = { customer: none, agent: none };
    gateway.calls.report(GUID, {
      version: 1,
      rolesSeen: [],
      fragmentCount: 0,
      duplicateFragmentCount: 0,
      damageCount: 0,
      takeOverCount: 0,
      filled: bySide,
      gaps: bySide,
      reconnects: {},
      lastTrouble: {
        code: 'media.stream-not-found',
        cause: 'The Kinesis video stream does not exist',
        remedy: 'Check the streamArn',
        atMs: 0,
      },
    });
    gateway.calls.end(GUID, { customer: NOTHING, agent: NOTHING });
    expect(await (await gateway.post(STOP, GUIDE_STOP)).json()).toMatchObject({
      isOk: false,
      errorMessage:
        'No audio of the customer and the agent was received: The Kinesis video stream does not exist. Check the streamArn',
    });
  });

  it('answers one of two stops at once and refuses the other', async () => {
    const gateway = await gatewayUnderTest();
    await gateway.post(START, GUIDE_START);
    const first = gateway.post(STOP, GUIDE_STOP);
    await untilStopping(gateway);
    expect(await readRefusal(await gateway.post(STOP, GUIDE_STOP))).toMatchObject({ code: '409-202' });
    gateway.calls.end(GUID, GUIDE_COUNTS);
    expect((await first).status).toBe(200);
  });
});
