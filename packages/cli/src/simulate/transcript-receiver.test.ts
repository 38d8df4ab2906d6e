import { afterEach, describe, expect, it } from 'vitest';
import {
  SECRET_HEADER,
  startTranscriptReceiver,
  type ReceivedTranscript,
  type TranscriptReceiver,
} from './transcript-receiver.ts';

const body = {
  type: 'transcript',
  externalConversationId: 'guid-1',
  streamId: 'stream',
  sender: { externalId: 'x', role: 'agent' },
  autotranscribeResponse: { message: 'transcript', start: 0, end: 900, utterance: [{ text: 'hello' }] },
};

let receiver: TranscriptReceiver | undefined;

afterEach(async () => {
  await receiver?.close();
});

async function post(payload: unknown, headers: Record<string, string>): Promise<number> {
  const request = {
    method: 'POST',
    body: JSON.stringify(payload),
    headers: { 'content-type': 'application/json', ...headers },
  };
  return (await fetch(receiver?.url ?? '', request)).status;
}

describe('startTranscriptReceiver', () => {
  it('hands the followed conversation over and answers the others', async () => {
    receiver = await startTranscriptReceiver({ secret: 's3cret' });
    const seen: ReceivedTranscript[] = [];
    receiver.follow('guid-1', (received) => seen.push(received));
    const headers = { [SECRET_HEADER]: 's3cret', 'earshot-sequence': '1' };
    expect(await post(body, headers)).toBe(204);
    expect(await post({ ...body, externalConversationId: 'guid-2' }, headers)).toBe(204);
    expect(seen.map(({ sequence }) => sequence)).toEqual([1]);
    expect(receiver.refusedCount).toBe(0);
  });

  it('takes partials and forgets them', async () => {
    receiver = await startTranscriptReceiver();
    const transcripts: number[] = [];
    receiver.follow('guid-1', ({ sequence }) => transcripts.push(sequence));
    const said = { ...body.autotranscribeResponse, message: 'partial' };
    const partial = { ...body, type: 'partial', revision: 3, autotranscribeResponse: said };
    expect(await post(partial, {})).toBe(204);
    expect(await post(body, { 'earshot-sequence': '1' })).toBe(204);
    expect(transcripts).toEqual([1]);
  });

  const refusals = [
    { given: 'no secret', payload: body, headers: {}, want: 401 },
    { given: 'another secret', payload: body, headers: { [SECRET_HEADER]: 'other' }, want: 401 },
    { given: 'no transcript', payload: { type: 'ping' }, headers: { [SECRET_HEADER]: 's3cret' }, want: 400 },
  ];
  for (const { given, payload, headers, want } of refusals) {
    it(`refuses ${given} with ${want}`, async () => {
      receiver = await startTranscriptReceiver({ secret: 's3cret' });
      expect(await post(payload, headers)).toBe(want);
      expect(receiver.refusedCount).toBe(1);
    });
  }
});
