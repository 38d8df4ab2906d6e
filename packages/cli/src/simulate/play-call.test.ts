import { startKvsEmulator, type KvsEmulator } from '@earshot/kvs-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultService } from '../faults/fault-service.ts';
import { playCall, type CallEvent, type PlayCallDeps } from './play-call.ts';

const GUID = 'guid-1';
const STREAM = `earshot-connect-contact-${GUID}`;
let emulator: KvsEmulator;

beforeEach(async () => {
  emulator = await startKvsEmulator({ drainMsMax: 20, idleMsMax: 1000 });
});

afterEach(() => emulator.close());

function participant(role: string) {
  return {
    streamId: `${role}-stream`,
    status: { code: 1000, description: 'OK' },
    summary: { totalAudioBytes: 0, audioDurationMs: 0, streamingSeconds: 0, transcripts: 0 },
  };
}

/** A system that reads the stream from the start of the call to its stop, and hears nothing in it. */
function deps(faults: readonly unknown[], events: CallEvent[]): PlayCallDeps {
  const body = JSON.stringify({ StreamName: STREAM, StartSelector: { StartSelectorType: 'NOW' } });
  const answer = () => {
    const autotranscribeResponse = { customer: participant('customer'), agent: participant('agent') };
    return { isOk: true as const, autotranscribeResponse };
  };
  let reading: Promise<unknown> | undefined;
  return {
    client: {
      startStreaming: () => {
        reading = fetch(`${emulator.url}/getMedia`, { method: 'POST', body }).then((media) =>
          media.arrayBuffer(),
        );
        return Promise.resolve(answer());
      },
      stopStreaming: async () => {
        await reading;
        return answer();
      },
      listMessages: () => Promise.resolve([]),
    },
    receiver: { follow: () => undefined },
    kinesisEndpoint: emulator.url,
    identity: 'both',
    record: false,
    faults,
    faultService: new FaultService(emulator.url),
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  };
}

describe('playCall', () => {
  const legs = [{ customer: new Uint8Array(16_000), agent: new Uint8Array(16_000) }];

  it.each([
    { given: { engine: 'deepgram' }, want: { engine: 'deepgram' } },
    { given: { record: true }, want: { audioRecordingAllowed: true } },
    { given: {}, want: undefined },
  ])('starts with $given', async ({ given, want }) => {
    const { client, ...rest } = deps([], []);
    const bodies: Parameters<typeof client.startStreaming>[0][] = [];
    const startStreaming: typeof client.startStreaming = (body) => {
      bodies.push(body);
      return client.startStreaming(body);
    };
    await playCall({ ...rest, client: { ...client, startStreaming }, ...given }, GUID, legs, 8);
    expect(bodies.map(({ autotranscribeParams }) => autotranscribeParams)).toEqual([want]);
  });

  it('puts the faults in force for its stream alone, tells what struck, and takes them away', async () => {
    const events: CallEvent[] = [];
    await playCall(deps([{ kind: 'end', afterBytes: 3000 }], events), GUID, legs, 10);
    expect(events.map(({ type }) => type)).toEqual(['started', 'stopped', 'faults']);
    expect(events.at(-1)).toMatchObject({ guid: GUID, struck: [{ kind: 'end', atByte: 3000, ordinal: 0 }] });
    const answer = await fetch(`${emulator.url}/faults`);
    expect(await answer.json()).toMatchObject({ plans: [] });
  });

  it('says nothing of faults when none were asked for', async () => {
    const events: CallEvent[] = [];
    await playCall(deps([], events), GUID, legs, 10);
    expect(events.map(({ type }) => type)).toEqual(['started', 'stopped']);
  });
});
