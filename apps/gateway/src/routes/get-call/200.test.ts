import { describe, expect, it } from 'vitest';
import {
  GUID,
  GUIDE_COUNTS,
  GUIDE_START,
  gatewayUnderTest,
  START,
} from '../../testing/gateway-under-test.ts';

const CALL = `/earshot/v1/calls/${GUID}`;

describe('GET calls/{guid} 200', () => {
  it('shows a call that waits for its worker', async () => {
    const { post, get } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const response = await get(CALL);
    expect(response.status).toBe(200);
    const summary = { totalAudioBytes: 0, audioDurationMs: 0, streamingSeconds: 0, transcripts: 0 };
    const text = expect.any(String);
    expect(await response.json()).toEqual({
      guid: GUID,
      state: 'queued',
      sessions: [
        {
          sessionId: text,
          ordinal: 1,
          state: 'queued',
          acceptedAt: '2026-11-23T12:00:00.000Z',
          streams: [
            { role: 'customer', streamId: text, externalId: 'TT9833237', summary },
            { role: 'agent', streamId: text, externalId: 'RE223444211993', summary },
          ],
        },
      ],
    });
  });

  it('shows why a session failed and what helps', async () => {
    const { post, get, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    const trouble = {
      code: 'media.stream-not-found',
      cause: 'There is no such stream',
      remedy: 'Check the ARN',
    };
    calls.end(GUID, GUIDE_COUNTS, { endedReason: 'failed', trouble, contactId: 'another' });
    expect(await (await get(CALL)).json()).toMatchObject({
      state: 'ended',
      sessions: [{ endedReason: 'failed', endedDetail: trouble, contactIdMatchesGuid: false }],
    });
  });

  it('shows every session, and the state of the last as that of the call', async () => {
    const { post, get, calls } = await gatewayUnderTest();
    await post(START, GUIDE_START);
    calls.end(GUID, GUIDE_COUNTS, { contactId: GUID });
    await post(START, GUIDE_START);
    expect(await (await get(CALL)).json()).toMatchObject({
      state: 'queued',
      sessions: [
        { ordinal: 1, state: 'ended', contactIdMatchesGuid: true },
        { ordinal: 2, state: 'queued' },
      ],
    });
  });

  it('answers a key that may only read messages', async () => {
    const { get } = await gatewayUnderTest({ scopes: ['messages:read'] });
    expect((await get(CALL)).status).toBe(404);
  });
});
